import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../src/charts/tokens.css'
import { Transport } from '../../src/charts/Transport.tsx'
import { rendered } from './rendered.tsx'

interface DaysProps {
  readonly start: number
  readonly count: number
  readonly said: string[]
  readonly total?: number
  /** Whether days still come, and whether they are held. */
  readonly live?: boolean
  readonly paused?: boolean
}

function Days({ start, count, total, said, live = false, paused = false }: DaysProps) {
  const [index, setIndex] = useState(start)
  return (
    <Transport
      {...{ index, count }}
      {...(total !== undefined && { total })}
      step="day"
      label="day"
      text={`day ${index}`}
      onMove={(to) => {
        said.push(`to ${to}`)
        setIndex(to)
      }}
      live={
        live
          ? {
              paused,
              pause: (held) => void said.push(held ? 'pause' : 'go on'),
              advance: () => void said.push('one more'),
            }
          : undefined
      }
    />
  )
}

const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }))

async function days(props: Omit<DaysProps, 'said'>): Promise<string[]> {
  const said: string[] = []
  await rendered(<Days {...props} said={said} />)
  return said
}

describe('transport', () => {
  it('steps back and forward, and rewinds to the first', async () => {
    const said = await days({ start: 2, count: 4 })
    await press('Back one day')
    await press('Forward one day')
    await press('Rewind')
    expect(said).toEqual(['to 1', 'to 2', 'to 0'])
  })

  it('plays from the start when it is at the end, one after another, and stops there', async () => {
    const said = await days({ start: 2, count: 3 })
    await press('Play')
    await expect.poll(() => said, { timeout: 3000 }).toEqual(['to 0', 'to 1', 'to 2'])
    await expect.element(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  })

  it('holds what still happens at its newest moment, and offers no step past it until then', async () => {
    const said = await days({ start: 2, count: 3, live: true })
    await expect.element(page.getByRole('button', { name: 'Forward one day' })).toBeDisabled()
    await press('Pause')
    expect(said).toEqual(['pause'])
  })

  it('leads on what is held, by one more moment or altogether', async () => {
    const said = await days({ start: 2, count: 3, live: true, paused: true })
    await press('Forward one day')
    await press('Play')
    expect(said).toEqual(['one more', 'go on'])
  })

  it('plays from an earlier moment of what is held up to the newest, and lets it go on', async () => {
    const said = await days({ start: 1, count: 3, live: true, paused: true })
    await press('Play')
    await expect.poll(() => said, { timeout: 3000 }).toEqual(['go on', 'to 2'])
  })

  it('with 3 of 11 days there the slider spans 11, stands at a fifth, and goes no further than the third', async () => {
    const said = await days({ start: 2, count: 3, total: 11 })
    const slider = page.getByRole('slider', { name: 'day' })
    const input = slider.element()
    if (!(input instanceof HTMLInputElement)) throw new Error('the slider is no input')
    expect([Number(input.max), input.valueAsNumber]).toEqual([10, 2])
    input.focus()
    await userEvent.keyboard('{Home}{End}')
    expect(said).toEqual(['to 0', 'to 2'])
    expect(input.valueAsNumber).toBe(2)
  })
})
