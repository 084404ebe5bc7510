import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { loadMessages, startLanguage } from './lib/i18n.svelte';
import { route, startRouter } from './lib/router.svelte';
import { loadSession } from './lib/session.svelte';
import { startTheme } from './lib/theme.svelte';
import { findPage } from './pages';
import App from './shell/App.svelte';

startTheme();
startRouter((page) => findPage(page) !== undefined);
const asked = [startLanguage(), loadSession()];
// The page and its words come while the session is asked: a slow line is waited for once. Who may not see it does not.
const first = findPage(route.page);
if (first) void Promise.allSettled([first.load(), loadMessages(first.name)]);
await Promise.all(asked);
mount(App, { target: document.getElementById('app')! });
