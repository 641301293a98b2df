import type { AppError } from '$lib/bindings';

const CODES: AppError['code'][] = ['offline', 'timedOut', 'portalDown', 'addressUnknown'];

/** Whether the portal cannot be reached: nothing goes there until it can be. */
export const isUnreachable = (trouble: AppError | null) =>
  trouble !== null && CODES.includes(trouble.code);
