import type { Photo } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { altText } from './card-words';
import Strip from './Strip.svelte';

const photo = (at: number, more: Partial<Photo> = {}): Photo => ({
  id: `p${at}`,
  day: '2026-03-14',
  kind: 'photo',
  caption: `Foto ${at}`,
  machineDescription: null,
  ownChildren: [],
  cached: 'medium',
  saveable: { answer: 'yes' },
  ...more,
});

beforeEach(() => useTransport(fixture('family')));

describe('a strip by keyboard', () => {
  it('is one stop for Tab; arrows, Home and End go through it, Enter opens', async () => {
    const onopen = vi.fn();
    const photos = [1, 2, 3, 4, 5, 6].map((at) => photo(at));
    render(Strip, { photos, onopen });
    const user = userEvent.setup();
    const tile = (at: number) =>
      screen.getByRole('button', { name: `Foto ${at}. ${at} van 6, openen` });
    await user.tab();
    expect(tile(1)).toHaveFocus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(tile(3)).toHaveFocus();
    await user.keyboard('{End}{ArrowRight}');
    expect(tile(6)).toHaveFocus();
    await user.keyboard('{Home}{ArrowLeft}');
    expect(tile(1)).toHaveFocus();
    await user.keyboard('{ArrowRight}{Enter}');
    expect(onopen).toHaveBeenCalledWith(1, tile(2));
    await user.tab();
    expect(document.body).toHaveFocus();
  });
});

describe('what a screen reader says of a photo', () => {
  it('is the caption, else the machine’s words, else who and when', () => {
    const silent = { caption: null, machineDescription: null };
    expect(altText(photo(1, { machineDescription: 'Een zandbak' }), ['Noortje'])).toBe('Foto 1');
    expect(altText(photo(1, { ...silent, machineDescription: 'Een zandbak' }), [])).toBe(
      'Een zandbak',
    );
    expect(altText(photo(1, silent), ['Noortje', 'Ties'])).toBe(
      'Foto van Noortje en Ties, zaterdag 14 maart 2026',
    );
    expect(altText(photo(1, { ...silent, kind: 'video' }), [])).toBe(
      'Video van de groep, zaterdag 14 maart 2026',
    );
  });
});
