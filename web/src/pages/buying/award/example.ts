// The small purchase that comes with the program: the tables of `adic award --template`, to look at and to change.
import type { Tables } from './award';

export const exampleTables: Tables = {
  items: `item,storage
radio,
rifle,5.00
`,
  suppliers: `supplier,bloc,fixed_cost,capacity,exposure
north,ASEAN,,,
south,ASEAN,,,
far,third,25000,,0.4
`,
  demands: `item,state,year,pieces
radio,IDN,2027,600
radio,MYS,2027,300
radio,PHL,2027,100
rifle,IDN,2027,2000
rifle,PHL,2028,1500
`,
  offers: `item,supplier,price,breaks,fixed_cost,least,lot,capacity,lead_time,load
radio,north,410,all-units,500,100,1,700,,
radio,south,425,,200,100,,500,,
radio,far,380,,800,200,,,,
rifle,north,900,incremental,,,10,3000,1,
rifle,far,870,,,500,,,,
`,
  breaks: `item,supplier,from,price
radio,north,500,395
rifle,north,1000,840
`,
  contents: `supplier,item,place,share
north,,IDN,0.6
north,,ASEAN,0.8
south,,MYS,0.7
south,,ASEAN,0.7
`,
  packages: `package,supplier,item,year,pieces,price
kit,south,radio,2027,400,158000
kit,south,rifle,2027,500,430000
`,
  rules: `rule,item,state,supplier,bloc,place,year,value
budget,,PHL,,,,,1500000
veto,,MYS,far,,,,
least-suppliers,radio,,,,,,2
most-share,radio,,,,,,0.6
most-share,,,,third,,,0.5
least-content,,,,,ASEAN,,0.4
most-exposure,,,,,,,0.2
`,
};
