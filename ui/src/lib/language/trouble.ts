import type { AppError, ErrorCode } from '$lib/bindings';
import * as m from '$lib/paraglide/messages';
import { localTime, shortDay } from './days';

type Words = readonly [what: () => string, advice: () => string];

// A record and not a switch: a code that Rust gains and this forgets does not compile.
const WORDS: Record<ErrorCode, Words> = {
  addressInvalid: [m.error_address_invalid, m.error_address_invalid_do],
  addressUnknown: [m.error_address_unknown, m.error_address_unknown_do],
  notAPortal: [m.error_not_a_portal, m.error_not_a_portal_do],
  certificateBad: [m.error_certificate_bad, m.error_certificate_bad_do],
  offline: [m.error_offline, m.error_offline_do],
  timedOut: [m.error_timed_out, m.error_timed_out_do],
  portalDown: [m.error_portal_down, m.error_portal_down_do],
  tooManyRequests: [m.error_too_many_requests, m.error_too_many_requests_do],
  signInIncomplete: [m.error_sign_in_incomplete, m.error_sign_in_incomplete_do],
  wrongPassword: [m.error_wrong_password, m.error_wrong_password_do],
  lockedOut: [m.error_locked_out, m.error_locked_out_do],
  mustResetPassword: [m.error_must_reset_password, m.error_must_reset_password_do],
  refused: [m.error_refused, m.error_refused_do],
  sessionExpired: [m.error_session_expired, m.error_session_expired_do],
  accountEnded: [m.error_account_ended, m.error_account_ended_do],
  portalChanged: [m.error_portal_changed, m.error_portal_changed_do],
  answerBroken: [m.error_answer_broken, m.error_answer_broken_do],
  pictureBroken: [m.error_picture_broken, m.error_picture_broken_do],
  changedMeanwhile: [m.error_changed_meanwhile, m.error_changed_meanwhile_do],
  valueNotAllowed: [m.error_value_not_allowed, m.error_value_not_allowed_do],
  passwordTooWeak: [m.error_password_too_weak, m.error_password_too_weak_do],
  notADocument: [m.error_not_a_document, m.error_not_a_document_do],
  notSaveable: [m.error_not_saveable, m.error_not_saveable_do],
  noCredentialStore: [m.error_no_credential_store, m.error_no_credential_store_do],
  keyMissing: [m.error_key_missing, m.error_key_missing_do],
  keyLeft: [m.error_key_left, m.error_key_left_do],
  diskFull: [m.error_disk_full, m.error_disk_full_do],
  dataFolderReadOnly: [m.error_data_folder_read_only, m.error_data_folder_read_only_do],
  folderNotWritable: [m.error_folder_not_writable, m.error_folder_not_writable_do],
  databaseNewer: [m.error_database_newer, m.error_database_newer_do],
  databaseDamaged: [m.error_database_damaged, m.error_database_damaged_do],
  notSignedIn: [m.error_not_signed_in, m.error_not_signed_in_do],
  notFound: [m.error_not_found, m.error_not_found_do],
  alreadySignedIn: [m.error_already_signed_in, m.error_already_signed_in_do],
  cancelled: [m.error_cancelled, m.error_cancelled_do],
  busy: [m.error_busy, m.error_busy_do],
  unsent: [m.error_unsent, m.error_unsent_do],
  textEmpty: [m.error_text_empty, m.error_text_empty_do],
  textTooLong: [m.error_text_too_long, m.error_text_too_long_do],
  subjectEmpty: [m.error_subject_empty, m.error_subject_empty_do],
  subjectTooLong: [m.error_subject_too_long, m.error_subject_too_long_do],
  childMissing: [m.error_child_missing, m.error_child_missing_do],
  groupMissing: [m.error_group_missing, m.error_group_missing_do],
  dayNotAllowed: [m.error_day_not_allowed, m.error_day_not_allowed_do],
  writingNotOffered: [m.error_writing_not_offered, m.error_writing_not_offered_do],
  tooLate: [m.error_too_late, m.error_too_late_do],
  fileNotTaken: [m.error_file_not_taken, m.error_file_not_taken_do],
  tooManyFiles: [m.error_too_many_files, m.error_too_many_files_do],
  agendaNotOffered: [m.error_agenda_not_offered, m.error_agenda_not_offered_do],
  periodNotAllowed: [m.error_period_not_allowed, m.error_period_not_allowed_do],
  nothingChosen: [m.error_nothing_chosen, m.error_nothing_chosen_do],
  dayBegun: [m.error_day_begun, m.error_day_begun_do],
  notCancellable: [m.error_not_cancellable, m.error_not_cancellable_do],
  locked: [m.error_locked, m.error_locked_do],
  wrongPin: [m.error_wrong_pin, m.error_wrong_pin_do],
  pinBlocked: [m.error_pin_blocked, m.error_pin_blocked_do],
  pinTooSimple: [m.error_pin_too_simple, m.error_pin_too_simple_do],
  internal: [m.error_internal, m.error_internal_do],
};

/** What happened, in one sentence. */
export function wordsFor(error: AppError): string {
  return (WORDS[error.code] ?? WORDS.internal)[0]();
}

/** What a parent can do about it. */
export function adviceFor(error: AppError, now: Date): string {
  const advice = (WORDS[error.code] ?? WORDS.internal)[1]();
  if (error.code === 'lockedOut' && error.blockedUntil) return until(error.blockedUntil, now);
  if (error.portalSays) return `${m.portal_says({ words: error.portalSays })} ${advice}`;
  return advice;
}

function until(instant: string, now: Date): string {
  const time = localTime(instant);
  const day = new Intl.DateTimeFormat('sv-SE');
  if (day.format(new Date(instant)) === day.format(now)) {
    return m.error_locked_out_until({ time });
  }
  return m.error_locked_out_until_day({ day: shortDay(day.format(new Date(instant))), time });
}

/** The few words that fit on the line that says how fresh things are. */
export function shortWordsFor(error: AppError): string {
  switch (error.code) {
    case 'offline':
    case 'timedOut':
    case 'addressUnknown':
      return m.trouble_offline();
    case 'portalDown':
      return m.trouble_portal();
    case 'tooManyRequests':
      return m.trouble_busy();
    case 'portalChanged':
      return m.trouble_changed();
    case 'answerBroken':
    case 'notAPortal':
    case 'certificateBad':
      return m.trouble_answer();
    case 'sessionExpired':
    case 'signInIncomplete':
    case 'wrongPassword':
    case 'mustResetPassword':
    case 'lockedOut':
      return m.trouble_expired();
    case 'accountEnded':
      return m.trouble_ended();
    case 'diskFull':
      return m.trouble_disk();
    default:
      return m.trouble_other();
  }
}
