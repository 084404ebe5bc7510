// Rows of the analyses' tables, as docs/reference/cli.md has them.
import type { Estimate } from './api';

export interface ItemRow {
  item: string;
  name: string;
  kind: string;
  tier: number;
  inputs: number;
  users: number;
  known_share: number | null;
}

export interface BottleneckRow {
  viewpoint: string;
  rank: number;
  rank_from: number;
  rank_to: number;
  item: string;
  name: string;
  stops: string[];
  stops_count: number;
  largest_state: string | null;
  largest_share: Estimate | null;
  states_to_stop_certain: number | null;
  states_to_stop: number | null;
  states_to_stop_possible: number | null;
  inside_share: number | null;
  known_share: number | null;
  concentration: number | null;
  stop_probability: Estimate | null;
  expected_stops: Estimate | null;
  confidence: string;
}

export interface BlindSpotRow {
  viewpoint: string;
  item: string;
  name: string;
  stops: string[];
  stops_count: number;
  known_share: number;
}

export interface ReadingRow {
  viewpoint: string;
  item: string;
  indicator: string;
  value: Estimate | null;
  unit: string;
  threshold: number | null;
  flag: 'certain' | 'likely' | 'possible' | 'no' | null;
  covered: number | null;
  absence: string;
}

export interface MethodRow {
  indicator: string;
  title: string;
  equation: string;
  unit: string;
  threshold: number | null;
  source: string;
}
