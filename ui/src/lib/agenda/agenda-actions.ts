import * as m from '$lib/paraglide/messages';
import { agenda } from '$lib/state/agenda.svelte';
import CalendarPlus from '@lucide/svelte/icons/calendar-plus';
import CalendarX from '@lucide/svelte/icons/calendar-x';
import ListChecks from '@lucide/svelte/icons/list-checks';
import { whereCreditsAre } from '$lib/state/where';
import Repeat from '@lucide/svelte/icons/repeat-2';
import Ticket from '@lucide/svelte/icons/ticket';

/** What a parent can do about the planning. */
interface Action {
  href: string;
  label: () => string;
  icon: typeof CalendarPlus;
  testid: string;
  /** Whether it can be done here; where not, the organisation's web portal is opened. */
  offered: () => boolean;
}

const requests = () => agenda.state?.offers.requests ?? false;
const absences = () => agenda.state?.offers.absences ?? false;

export const AGENDA_ACTIONS: Action[] = [
  {
    href: '/agenda/dag',
    label: m.agenda_ask_day,
    icon: CalendarPlus,
    testid: 'agenda-ask-day',
    offered: requests,
  },
  {
    href: '/agenda/ruilen',
    label: m.agenda_ask_swap,
    icon: Repeat,
    testid: 'agenda-ask-swap',
    offered: requests,
  },
  {
    href: '/agenda/afwezig',
    label: m.agenda_tell_absence,
    icon: CalendarX,
    testid: 'agenda-tell-absence',
    offered: absences,
  },
  {
    href: '/agenda/aanvragen',
    label: m.agenda_overview,
    icon: ListChecks,
    testid: 'agenda-overview',
    offered: () => requests() || absences(),
  },
];

/** Looked at from here as well, where the organisation uses them. */
export const CREDITS: Action = {
  href: '/overig/tegoeden',
  label: m.credits_title,
  icon: Ticket,
  testid: 'agenda-credits',
  offered: () => whereCreditsAre() === 'here',
};
