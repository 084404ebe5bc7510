import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { startLanguage } from './lib/i18n.svelte';
import { startRouter } from './lib/router.svelte';
import { loadSession } from './lib/session.svelte';
import { startTheme } from './lib/theme.svelte';
import { findPage } from './pages';
import App from './shell/App.svelte';

startTheme();
startRouter((page) => findPage(page) !== undefined);
await Promise.all([startLanguage(), loadSession()]);
mount(App, { target: document.getElementById('app')! });
