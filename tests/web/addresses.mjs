// What is looked at in every theme, width and script, and by axe. A page adds its states here.
export const addresses = [
  { name: 'overview', path: '/', as: 'everyone' },
  { name: 'overview-state', path: '/?from=IDN', as: 'IDN' },
  { name: 'catalogue', path: '/catalogue?q=radio', as: 'MYS' },
  { name: 'catalogue-products', path: '/catalogue?type=product', as: 'MYS' },
  { name: 'catalogue-nothing', path: '/catalogue?q=radio+submarine', as: 'MYS' },
  { name: 'catalogue-firm', path: '/catalogue/IDN.optics', as: 'IDN' },
  { name: 'catalogue-product', path: '/catalogue/BRN.patrol-1', as: 'MYS' },
  { name: 'catalogue-outside', path: '/catalogue/SGP.lens-blanks', as: 'MYS' },
  { name: 'catalogue-compare', path: '/catalogue/compare?ids=BRN.VHF-2,KHM.VHF-1', as: 'MYS' },
  { name: 'chain', path: '/chain', as: 'everyone' },
  { name: 'chain-item', path: '/chain/vhf-field-radio', as: 'everyone' },
  { name: 'shock', path: '/shock', as: 'everyone' },
  { name: 'profile', path: '/profile', as: 'MYS' },
  { name: 'no-such-page', path: '/chart', as: 'everyone', status: 404 },
];
