import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { loadMessages, startLanguage, t } from './lib/i18n.svelte';
import { askAhead } from './lib/api';
import { isSomethingUnsaved, startDrafts } from './lib/drafts.svelte';
import { route, startRouter, whenLeaving } from './lib/router.svelte';
import { loadSession, may, session } from './lib/session.svelte';
import { startTheme } from './lib/theme.svelte';
import { findPage } from './pages';
import App from './shell/App.svelte';

startTheme();
startRouter((page) => findPage(page) !== undefined);
startDrafts();
whenLeaving(() => !isSomethingUnsaved() || confirm(t('shell.draft.leave')));
// The page and its words come while the session is asked: a slow line is waited for once. As soon as it is known who
// reads, the page's first questions go out, while the frame is drawn. Who may not see it does not.
const first = findPage(route.page);
if (first) void Promise.allSettled([first.load(), loadMessages(first.name)]);
async function startSession(): Promise<void> {
  await loadSession();
  if (session.reader && first?.ahead && (!first.permission || may(first.permission))) askAhead(first.ahead(route));
}
await Promise.all([startLanguage(), startSession()]);
mount(App, { target: document.getElementById('app')! });
