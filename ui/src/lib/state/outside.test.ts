import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import Notice from '$lib/parts/Notice.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notice } from './notice.svelte';
import { openLink } from './outside';

let host = fixture('family');

beforeEach(() => {
  host = fixture('family');
  useTransport(host);
  host.commands.openLink = () => Promise.resolve({ status: 'error', error: trouble('internal') });
});

afterEach(() => {
  notice.close();
  vi.useRealTimers();
});

describe('a link that did not open', () => {
  it.each([
    ['tel:0235550134', 'Het nummer is 0235550134.', '0235550134'],
    ['mailto:bos@rand.example?subject=x', 'Het adres is bos@rand.example.', 'bos@rand.example'],
    ['https://rand.example/a', 'De pagina ging niet open.', 'https://rand.example/a'],
    ['tel:%', 'Het nummer is %.', '%'],
  ])('is said, with what a parent can use elsewhere (%s)', async (url, words, copied) => {
    const copy = vi.spyOn(host.commands, 'copyText');
    render(Notice);
    await openLink(url);
    expect(await screen.findByText(new RegExp(words.replaceAll('.', '\\.')))).toBeVisible();
    await userEvent.click(screen.getByTestId('notice-copy'));
    expect(copy).toHaveBeenCalledWith(copied);
    expect(await screen.findByText('Gekopieerd.')).toBeVisible();
  });

  it('stays on screen until it is closed, however long copying it takes', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    render(Notice);
    await openLink('tel:0235550134');
    vi.advanceTimersByTime(3_600_000);
    expect(await screen.findByTestId('notice-copy')).toBeVisible();
    const { violations } = await axe.run(screen.getByTestId('notice'));
    expect(violations.map(({ id }) => id)).toEqual([]);
    await userEvent
      .setup({ advanceTimers: vi.advanceTimersByTime.bind(vi) })
      .click(screen.getByTestId('notice-close'));
    expect(screen.getByTestId('notice')).toBeEmptyDOMElement();
  });

  it('that opened says nothing', async () => {
    host.commands.openLink = () => Promise.resolve({ status: 'ok', data: null });
    await openLink('tel:0235550134');
    expect(notice.text).toBeNull();
  });
});
