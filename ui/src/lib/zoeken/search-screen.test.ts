import type { Found } from '$lib/bindings';
import { goto } from '$app/navigation';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { search } from '$lib/state/search.svelte';
import { start } from '$lib/state/start';
import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import FoundItem from './FoundItem.svelte';
import { keyToSearch } from './key-to-search';
import Search from './Search.svelte';

let stop = () => {};
beforeEach(async () => {
  useTransport(fixture('family'));
  search.forget();
  vi.mocked(goto).mockClear();
  stop = await start();
});
afterEach(() => stop());

const found = (more: Partial<Found>): Found => ({
  kind: 'diary',
  place: { where: 'card', card: 'report-1' },
  day: '2026-03-14',
  title: 'Marieke',
  childNames: ['Noortje'],
  fragments: [
    { text: 'bij de ', hit: false },
    { text: 'geitjes', hit: true },
  ],
  ...more,
});

describe('searching', () => {
  it('starts in the field, says what was found, and what to try when nothing was', async () => {
    render(Search);
    const field = screen.getByTestId('search-words');
    expect(field).toHaveFocus();
    const user = userEvent.setup();
    await user.type(field, 'pierenbadje');
    expect(await screen.findByText('1 gevonden')).toBeVisible();
    await user.clear(field);
    await user.type(field, 'qwzx');
    expect(await screen.findByTestId('search-nothing')).toHaveTextContent(
      'Niets gevonden voor “qwzx”',
    );
    expect(screen.queryByTestId('search-everywhere')).toBeNull();
  });

  it('offers to look everywhere when a filter hides what there is', async () => {
    render(Search);
    const user = userEvent.setup();
    await user.type(screen.getByTestId('search-words'), 'pierenbadje');
    await screen.findByText('1 gevonden');
    await user.click(screen.getByTestId('search-kind-diary'));
    await user.click(await screen.findByTestId('search-everywhere'));
    expect(await screen.findByText('1 gevonden')).toBeVisible();
  });

  it('marks the words, and opens each find in its place', () => {
    const { container } = render(FoundItem, { found: found({}) });
    expect(container.querySelector('mark')).toHaveTextContent('geitjes');
    render(FoundItem, {
      found: found({ kind: 'caption', place: { where: 'photo', card: 'c 1', photo: 'p&1' } }),
    });
    render(FoundItem, {
      found: found({
        kind: 'message',
        place: { where: 'conversation', conversation: 'c-zwem', message: 'm-2' },
      }),
    });
    expect(screen.getAllByTestId('found').map((link) => link.getAttribute('href'))).toEqual([
      '/mijn-kind/report-1',
      '/mijn-kind/c%201?foto=p%261',
      '/berichten/c-zwem?bericht=m-2',
    ]);
  });

  it('is reached with Ctrl and F, and with a slash where nobody types', async () => {
    const house = document.createElement('div');
    house.innerHTML = '<button>iets</button><textarea></textarea>';
    document.body.append(house);
    const leave = keyToSearch(house);
    const press = (selector: string, key: string, held = {}) =>
      fireEvent.keyDown(house.querySelector(selector) ?? house, { key, ...held });
    await press('textarea', '/');
    expect(goto).not.toHaveBeenCalled();
    await press('button', '/');
    await press('textarea', 'f', { ctrlKey: true });
    expect(goto).toHaveBeenCalledTimes(2);
    expect(goto).toHaveBeenLastCalledWith('/zoeken');
    if (leave) leave();
    house.remove();
  });
});
