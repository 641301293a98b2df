import type { Child, Draft, OutFile, Writing } from '$lib/bindings';
import { amount } from '$lib/language/amounts';
import * as m from '$lib/paraglide/messages';

/** What keeps a draft from being sent, by field, in words. */
export type Faults = Partial<Record<'child' | 'group' | 'subject' | 'text' | 'day', string>>;

type Written = Pick<Draft, 'text'> & { files: OutFile[] };

/** As a person counts: a face of several code units is one character. */
export const characters = (text: string) => [...text].length;

/** An answer in a conversation. */
export function faultsOfText({ text, files }: Written, limits: Writing | null): Faults {
  if (text.trim() === '' && files.length === 0) return { text: m.fault_text_empty() };
  const over = limits ? characters(text) - limits.textCharacters : 0;
  return over > 0 ? { text: m.fault_too_long({ count: over, shown: amount(over) }) } : {};
}

/** A message that begins a conversation. */
export function faultsOfMessage(
  draft: Draft,
  files: OutFile[],
  child: Child | undefined,
  limits: Writing | null,
): Faults {
  const faults: Faults = {};
  if (!child) faults.child = m.fault_child_missing();
  else if (child.groups.length > 1 && !child.groups.includes(draft.group ?? ''))
    faults.group = m.fault_group_missing();
  const over = limits ? characters(draft.subject) - limits.subjectCharacters : 0;
  if (draft.subject.trim() === '') faults.subject = m.fault_subject_empty();
  else if (over > 0) faults.subject = m.fault_too_long({ count: over, shown: amount(over) });
  return { ...faults, ...faultsOfText({ text: draft.text, files }, limits) };
}

/** A diary entry. */
export function faultsOfDiary(
  draft: Draft,
  files: OutFile[],
  today: string,
  limits: Writing | null,
): Faults {
  const faults: Faults = {};
  if (draft.children.length === 0) faults.child = m.fault_children_missing();
  if (draft.day !== null && draft.day > today) faults.day = m.fault_day_future();
  return { ...faults, ...faultsOfText({ text: draft.text, files }, limits) };
}

/** Goes to the first field that says what is wrong with it. */
export function goToFault(form: HTMLElement) {
  const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"], [data-fault="true"]');
  const field = wrong?.matches('input, textarea, button, [tabindex]')
    ? wrong
    : wrong?.querySelector<HTMLElement>('input, textarea, button, [tabindex]');
  field?.focus();
}
