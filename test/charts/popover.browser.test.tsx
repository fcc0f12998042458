import { expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import '../../src/charts/tokens.css'
import { Popover } from '../../src/charts/Popover.tsx'
import { nextFrame, rendered } from './rendered.tsx'

it('Escape in a field of a popover closes it, gives the focus back to its button, and empties it', async () => {
  const place = await rendered(
    <Popover button="more" title="More">
      <input aria-label="inside" />
    </Popover>,
  )
  const button = place.querySelector('button')!
  await userEvent.click(button)
  place.querySelector('input')!.focus()
  await userEvent.keyboard('{Escape}')
  await nextFrame()
  await nextFrame()
  expect(document.activeElement).toBe(button)
  expect(place.querySelector('input')).toBeNull()
})
