// A short parts list to try the page with, as a spreadsheet would paste it.
export const sample = [
  'Line\tPart no.\tDescription\tManufacturer\tNSN\tHS code\tQty per system\tUnit price USD\tLead time\tCountry of origin',
  '1\tMDE-1200\tMarine diesel engine 1200 kW\tNorthsea Motors\t\t8408.10\t2\t412000\t30 weeks\tGermany',
  '2\tNAV-X4\tNavigation radar X band 4 kW\tHarbour Electronics\t\t8526.10\t1\t28500\t14 weeks\tJapan',
  '3\tVHF-30\tVHF field radio 30 W\tHarbour Electronics\t\t\t3\t6200\t90 days\tSingapore',
  '4\tBAT-48\tLi-ion cell 18650, NMC\tDelta Cells\t\t\t480\t4.10\t8 weeks\tChina',
  '5\tMAG-N42\tSintered NdFeB magnet N42\tMagnetics Ltd\t\t8505.11\t24\t18.75\t12 weeks\tViet Nam',
  '6\tBRG-6204\tBall bearing 6204\t\t\t8482.10\t16\t7.20\t30 days\tJapan',
  '7\tCB-63\tCircuit breaker 63 A\t\t\t8536.20\t12\t84\t6 weeks\tMalaysia',
  '8\tPLT-5083\tAluminium plate 5083 8 mm\t\t\t7606.12\t40\t310\t2 months\tIndonesia',
  '9\tCAP-10U\tMLCC 10 uF 50 V\t\t\t8532.24\t900\t0.06\t20 weeks\tPhilippines',
  '10\tTHC-640\tUncooled thermal camera 640\t\t\t\t1\t9800\t26 weeks\tFrance',
  '11\tBRG-S\tBearing\t\t\t\t4\t55\t\t',
  '12\tLBL-9\tEngraved name plate\t\t\t\t1\t3\t1 week\tThailand',
].join('\n');
