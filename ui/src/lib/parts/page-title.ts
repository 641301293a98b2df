import * as m from '$lib/paraglide/messages';

// What is more particular stands first.
const TITLES: [path: string, title: () => string][] = [
  ['/aanmelden', m.sign_in],
  ['/mijn-kind/dagboek', m.write_diary],
  ['/mijn-kind', m.menu_my_child],
  ['/berichten/nieuw', m.write_message],
  ['/berichten', m.menu_messages],
  ['/agenda/aanvragen', m.agenda_overview],
  ['/agenda/opnieuw', m.agenda_overview],
  ['/agenda/wens', m.agenda_overview],
  ['/agenda/dag', m.agenda_ask_day],
  ['/agenda/ruilen', m.agenda_ask_swap],
  ['/agenda/afwezig', m.agenda_tell_absence],
  ['/agenda', m.menu_agenda],
  ['/mijn-locatie/nieuwsbrieven', m.newsletters_title],
  ['/mijn-locatie/nieuws', m.news_title],
  ['/mijn-locatie/informatie', m.pages_title],
  ['/mijn-locatie', m.menu_location],
  ['/samen', m.together_title],
  ['/zoeken', m.search],
  ['/overig/account', m.account_children],
  ['/overig/tegoeden', m.credits_title],
  ['/overig/documenten', m.documents_title],
  ['/overig/observaties', m.observations_title],
  ['/overig/over', m.about_title],
  ['/overig', m.menu_more],
];

/** What the window is called on a page: "Agenda · Schriftje". */
export function pageTitle(path: string): string {
  const is = TITLES.find(([start]) => path === start || path.startsWith(`${start}/`));
  return is ? [is[1](), m.app_name()].join(' · ') : m.app_name();
}
