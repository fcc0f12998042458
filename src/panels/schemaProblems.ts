import { getDotPath, type BaseIssue } from 'valibot'

/** Each issue as a sentence that names the field: `logits.2: expected a number, received "a".` */
export function schemaProblems(issues: readonly BaseIssue<unknown>[]): string[] {
  return issues.map((issue) => {
    const path = getDotPath(issue)
    const message = issue.message
      .replace(/^Invalid (type|value|key): Expected/, 'expected')
      .replace(/ but received/, ', received')
    return `${path === null ? '' : `${path}: `}${message}.`.replace(/\.\.$/, '.')
  })
}
