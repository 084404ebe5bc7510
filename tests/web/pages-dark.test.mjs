import { testEveryPage } from './every_page.mjs';

testEveryPage('dark');
