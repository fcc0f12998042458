/** An argument has the wrong length or shape. */
export class ShapeError extends Error {
  override name = 'ShapeError'
}

/** A value lies outside the set on which the function is defined. */
export class DomainError extends Error {
  override name = 'DomainError'
}
