import type { AppError } from '$lib/bindings';

/** A command that failed. */
export const failed = (code: AppError['code'], more: Partial<AppError> = {}) =>
  Promise.resolve({
    status: 'error' as const,
    error: { code, message: code, retryable: true, portalSays: null, blockedUntil: null, ...more },
  });
