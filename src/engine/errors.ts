/** The device went away; whatever was on it is gone. */
export class DeviceLostError extends Error {
  override name = 'DeviceLostError'
}

/** The device has no room for this job; a smaller one may still run. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError'
}
