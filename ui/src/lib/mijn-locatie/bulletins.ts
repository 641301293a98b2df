import type { Article, Newsletter } from '$lib/bindings';
import * as m from '$lib/paraglide/messages';

/** News items or newsletters. */
export type Which = 'news' | 'newsletters';

/** One of either, as a row shows it. */
export interface Bulletin {
  href: string;
  title: string;
  snippet: string;
  at: string;
  unread: boolean;
  /** The news item, which files may come with. */
  article?: string;
}

export const ofArticle = ({ id, title, snippet, published, unread }: Article): Bulletin => ({
  href: `/mijn-locatie/nieuws/${encodeURIComponent(id)}`,
  title: title || m.news_untitled(),
  snippet,
  at: published,
  unread,
  article: id,
});

export const ofNewsletter = ({ id, subject, snippet, sent, unread }: Newsletter): Bulletin => ({
  href: `/mijn-locatie/nieuwsbrieven/${encodeURIComponent(id)}`,
  title: subject || m.newsletter_untitled(),
  snippet,
  at: sent,
  unread,
});
