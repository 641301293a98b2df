import type { RhythmKind } from '$lib/bindings';
import Blocks from '@lucide/svelte/icons/blocks';
import Circle from '@lucide/svelte/icons/circle-dot';
import Milk from '@lucide/svelte/icons/milk';
import Moon from '@lucide/svelte/icons/moon';
import Sparkles from '@lucide/svelte/icons/droplets';
import Thermometer from '@lucide/svelte/icons/thermometer';
import Utensils from '@lucide/svelte/icons/utensils';

/** The picture that goes with a kind of moment. */
export const ICONS: Record<RhythmKind, typeof Moon> = {
  sleep: Moon,
  bottle: Milk,
  meal: Utensils,
  nappy: Sparkles,
  care: Thermometer,
  activity: Blocks,
  other: Circle,
};
