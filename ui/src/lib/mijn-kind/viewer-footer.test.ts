import type { Photo } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import { viewing } from '$lib/state/viewing.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import ViewerFooter from './ViewerFooter.svelte';

const photo = (id: string, more: Partial<Photo> = {}): Photo => ({
  id,
  day: '2026-03-14',
  kind: 'photo',
  caption: null,
  machineDescription: null,
  ownChildren: [],
  cached: 'medium',
  saveable: { answer: 'yes' },
  ...more,
});

const refused = photo('c', { saveable: { answer: 'no', reason: 'Andere kinderen' } });

function footer(photos: Photo[]) {
  const host = fixture('family');
  const copy = vi.spyOn(host.commands, 'copyImage');
  host.commands.save = () =>
    Promise.resolve({ status: 'error', error: trouble('folderNotWritable') });
  useTransport(host);
  render(ViewerFooter, { photos });
  return { copy, user: userEvent.setup() };
}

beforeEach(() => {
  viewing.index = 0;
  viewing.command = null;
});

describe('under a photo on the full screen', () => {
  it('stands what went wrong with that photo, and not with another', async () => {
    const { user } = footer([photo('a'), photo('b')]);
    await user.click(screen.getByTestId('save-photo'));
    const result = screen.getByTestId('viewer-save-result');
    expect(result).toHaveTextContent('In deze map kan niets worden opgeslagen.');
    viewing.index = 1;
    await tick();
    expect(result).toBeEmptyDOMElement();
  });

  it('has a button to save it, unless it may not be saved', async () => {
    footer([photo('a'), refused]);
    expect(screen.getByTestId('save-photo')).toHaveTextContent('Downloaden');
    viewing.index = 1;
    await tick();
    expect(screen.queryByTestId('save-photo')).toBeNull();
    expect(screen.getByTestId('not-saveable')).toHaveTextContent('Andere kinderen');
  });

  it('copies with Ctrl+C what may be saved, and nothing else', async () => {
    const { copy } = footer([photo('a'), refused]);
    viewing.command = { copy: 'a' };
    await tick();
    expect(copy).toHaveBeenCalledExactlyOnceWith('a');
    viewing.index = 1;
    viewing.command = { copy: 'c' };
    await tick();
    expect(copy).toHaveBeenCalledOnce();
    expect(screen.getByTestId('not-saveable')).toHaveTextContent('Andere kinderen');
    expect(screen.queryByTestId('copy-photo')).toBeNull();
  });
});
