import type { DocumentKind } from '$lib/bindings';
import * as m from '$lib/paraglide/messages';

/** In the order of the filter. */
export const KINDS: DocumentKind[] = ['invoice', 'annualStatement', 'other'];

/** What one of a kind is called. */
export function kindWord(kind: DocumentKind): string {
  const words = {
    invoice: m.document_invoice,
    annualStatement: m.document_annual_statement,
    other: m.document_other,
  };
  return words[kind]();
}

/** What all of a kind are called. */
export function kindsWord(kind: DocumentKind): string {
  const words = {
    invoice: m.documents_invoices,
    annualStatement: m.documents_annual_statements,
    other: m.documents_other,
  };
  return words[kind]();
}
