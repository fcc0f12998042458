import { useMemo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { Term } from '../../charts/Term.tsx'
import { placeInFamily, variantColour } from '../../charts/variantColour.ts'
import { courseOf, groupsOf, type Course } from './lookedAt.ts'
import type { MetricStrip } from './metrics.ts'
import type { Onset } from './onset.ts'
import { runName } from './runName.ts'
import { stripEnds, within } from './stripScale.ts'
import { LevelKey, LevelLine, Moment, OneRecord, OnsetMark, SeedRange, type Level } from './stripMarks.tsx'
import type { StripsProps } from './Strips.tsx'

export interface StripProps extends StripsProps {
  readonly strip: MetricStrip
  /** Pixels. */
  readonly width: number
  /** What to compare with. */
  readonly level: Level | undefined
  /** When each model's sink formed, in the order of the models. */
  readonly onsets: readonly Onset[]
}

const dashes = ['none', '6 3', '2 3', '8 3 2 3']

/** One metric of every model over the steps, with what it is at the step that is looked at. */
export function Strip({ strip, experiment, result, width, level, onsets }: StripProps) {
  const { metric, title, scale } = strip
  const { step } = experiment
  const courses = useMemo(
    () =>
      groupsOf(result.runs).map((group, place, all) => {
        const twins = all.slice(0, place).filter(({ normalizer }) => normalizer === group.normalizer).length
        return { ...group, course: courseOf(group, metric), dash: dashOf(group.normalizer, twins) }
      }),
    [result.runs, metric],
  )
  const ends = stripEnds(courses, scale, level?.value)
  const readings = courses.map(({ key, normalizer, runs, course, dash }) => ({
    key,
    normalizer,
    dash,
    name: runName(result.runs, runs[0]!),
    text: readingAt(course, step, ends[1]),
  }))
  return (
    <div className="sinks-strip" style={{ width }}>
      <h3>
        <Title {...strip} />
      </h3>
      <p className="sinks-readings">
        {readings.map(({ key, normalizer, dash, name, text }) => (
          <span key={key}>
            <svg width={18} height={8} aria-hidden="true">
              <line
                x1={0}
                x2={18}
                y1={4}
                y2={4}
                stroke={variantColour(normalizer)}
                strokeWidth={2}
                strokeDasharray={dash}
              />
            </svg>{' '}
            {name} <b>{text}</b>
          </span>
        ))}
        {level && <LevelKey {...level} />}
      </p>
      <Frame
        label={`${title}: ${readings.map(({ name, text }) => `${name} ${text}`).join(', ')}`}
        width={width}
        height={128}
        x={{ kind: 'linear', low: 0, high: experiment.steps }}
        y={{ kind: 'linear', low: ends[0], high: ends[1] }}
        margins={{ top: 8, right: 18, bottom: 34, left: 36 }}
      >
        <AxisY count={3} />
        <AxisX count={5} title="step" />
        {courses.map(({ key, normalizer, runs, course: whole, dash }) => {
          const course = within(whole, ends)
          return (
            <g key={key}>
              {runs.length > 1 && <SeedRange course={course} fill={variantColour(normalizer)} />}
              {course.steps.length === 1 && <OneRecord course={course} fill={variantColour(normalizer)} />}
              <Curve xs={course.steps} ys={course.mean} stroke={variantColour(normalizer)} dash={dash} />
            </g>
          )
        })}
        {level && <LevelLine {...level} />}
        {courses.map(({ key, normalizer }, place) =>
          onsets[place]?.steps.map((at) => (
            <OnsetMark
              key={`${key} ${at}`}
              step={at}
              above={onsets.slice(0, place).filter(({ steps }) => steps.includes(at)).length}
              fill={variantColour(normalizer)}
            />
          )),
        )}
        {step !== null && <Moment step={step} />}
      </Frame>
    </div>
  )
}

/** A title whose term tells what it means. */
function Title({ title, term }: MetricStrip) {
  if (term === undefined) return title
  const at = title.indexOf(term.word)
  return (
    <>
      {title.slice(0, at)}
      <Term about={term.about}>{term.word}</Term>
      {title.slice(at + term.word.length)}
    </>
  )
}

/** @param twins  models before it with the same normalizer, which has one colour */
const dashOf = (normalizer: string, twins: number) => dashes[(placeInFamily(normalizer) + twins) % dashes.length]!

function readingAt({ steps, mean, low, high }: Course, step: number | null, end: number): string {
  const at = step === null ? steps.length - 1 : steps.findLastIndex((each) => each <= step)
  if (at < 0) return 'no reading'
  const [text, from, to] = [shortNumber(mean[at]!), shortNumber(low[at]!, 2), shortNumber(high[at]!, 2)]
  const beyond = mean[at]! > end ? ', off the axis' : ''
  return `${text}${from === to ? '' : ` (${from} to ${to})`}${beyond}`
}
