#!/usr/bin/env python3
"""The same network and questions as graph_bench, asked of igraph (Debian: python3-igraph).

    build/release/bench/graph_bench arcs.txt
    python3 bench/graph_igraph.py arcs.txt

Prints the best of five runs, in seconds, and what was found, in the words of graph_bench.
"""

import sys
import time

import igraph

RUNS = 5


def best_of_runs(work):
    best, answer = float("inf"), None
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - start)
    return best, answer


def main(path):
    with open(path, encoding="ascii") as file:
        arcs = [tuple(map(int, line.split())) for line in file]
    nodes = 100_000
    network = igraph.Graph(n=nodes, edges=arcs, directed=True)
    # Dominators have one root: a node before all that have no supplier, as in graph_bench.
    root = nodes
    sources = [node for node, degree in enumerate(network.indegree()) if degree == 0]
    rooted = igraph.Graph(n=nodes + 1, edges=arcs + [(root, s) for s in sources], directed=True)

    print("igraph", igraph.__version__)
    seconds, found = best_of_runs(lambda: rooted.dominator(root, mode="out"))
    # Below zero: the root itself, or never reached.
    with_one = sum(1 for node in found[:nodes] if 0 <= node < root)
    print(f"dominators          {seconds:.4f} s, {with_one} nodes with one")
    undirected = network.as_undirected(mode="collapse")
    seconds, found = best_of_runs(undirected.articulation_points)
    print(f"articulation points {seconds:.4f} s, {len(found)} found")
    seconds, found = best_of_runs(lambda: network.connected_components(mode="strong"))
    print(f"strong components   {seconds:.4f} s, {len(found)} found")


if __name__ == "__main__":
    main(sys.argv[1])
