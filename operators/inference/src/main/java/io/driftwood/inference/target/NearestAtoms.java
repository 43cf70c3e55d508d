package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * The k points nearest to a place, exactly, by a k-d tree of buckets: O(log n) for few dimensions, towards O(n) as dimensions grow. A cell is
 * passed over when its distance, added up over the split coordinates, is beyond the k-th best. Immutable.
 *
 * <p>Reference: [1] Friedman, Bentley and Finkel (1977), ACM TOMS 3, 209-226. [2] Arya and Mount (1993), Data Compression Conference, 271-280,
 * for the distance to a cell kept up as the search goes down.
 */
final class NearestAtoms {

    private static final int BUCKET = 16;

    private final Particles points;
    /** Atoms in the order of the tree: a cell is a range of it, split at the middle. */
    private final int[] order;
    /** Of the cell that is split at position m: its coordinate and the value there. */
    private final int[] splitAxis;
    private final double[] splitValue;

    NearestAtoms(Particles points) {
        this.points = points;
        this.order = new int[points.size];
        this.splitAxis = new int[points.size];
        this.splitValue = new double[points.size];
        for (int a = 0; a < order.length; a++) {
            order[a] = a;
        }
        split(0, order.length);
    }

    private void split(int from, int to) {
        if (to - from <= BUCKET) {
            return;
        }
        int axis = widestAxis(from, to);
        int middle = (from + to) >>> 1;
        select(axis, from, to - 1, middle);
        splitAxis[middle] = axis;
        splitValue[middle] = points.get(axis, order[middle]);
        split(from, middle);
        split(middle, to);
    }

    private int widestAxis(int from, int to) {
        int widest = 0;
        double width = -1;
        for (int j = 0; j < points.dimension; j++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int m = from; m < to; m++) {
                double at = points.get(j, order[m]);
                low = Math.min(low, at);
                high = Math.max(high, at);
            }
            if (high - low > width) {
                width = high - low;
                widest = j;
            }
        }
        return widest;
    }

    /** Hoare's selection: order[middle] becomes what it would be were the range sorted along the axis. */
    private void select(int axis, int from, int to, int middle) {
        int low = from;
        int high = to;
        while (low < high) {
            double pivot = points.get(axis, order[(low + high) >>> 1]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (points.get(axis, order[i]) < pivot) {
                    i++;
                }
                while (points.get(axis, order[j]) > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swapped = order[i];
                    order[i++] = order[j];
                    order[j--] = swapped;
                }
            }
            if (middle <= j) {
                high = j;
            } else if (middle >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    /** One search after another. The found atoms are a heap, the farthest first. */
    static final class Search {

        private final NearestAtoms tree;
        private final double[] place;
        private final double[] offsets;
        private final int[] found;
        private final double[] squaredDistances;
        private final int wanted;
        private int count;

        /** @param wanted k, at most the number of points */
        Search(NearestAtoms tree, int wanted, Scratch scratch) {
            this.tree = tree;
            this.wanted = wanted;
            this.place = scratch.take(tree.points.dimension);
            this.offsets = scratch.take(tree.points.dimension);
            this.found = scratch.takeIndices(wanted);
            this.squaredDistances = scratch.take(wanted);
        }

        /** From particle i of y. */
        void from(Particles y, int i) {
            for (int j = 0; j < tree.points.dimension; j++) {
                place[j] = y.get(j, i);
                offsets[j] = 0;
            }
            count = 0;
            visit(0, tree.order.length, 0);
        }

        int atom(int position) { return found[position]; }

        /** Of the farthest atom found; every other atom is at least as far. */
        double farthestSquared() { return squaredDistances[0]; }

        private void visit(int from, int to, double cellDistance) {
            if (to - from <= BUCKET) {
                for (int m = from; m < to; m++) {
                    offer(tree.order[m]);
                }
                return;
            }
            int middle = (from + to) >>> 1;
            int axis = tree.splitAxis[middle];
            double gap = place[axis] - tree.splitValue[middle];
            double old = offsets[axis];
            double far = cellDistance - old * old + gap * gap;
            if (gap < 0) {
                visit(from, middle, cellDistance);
                descend(axis, gap, middle, to, far);
            } else {
                visit(middle, to, cellDistance);
                descend(axis, gap, from, middle, far);
            }
            offsets[axis] = old;
        }

        private void descend(int axis, double gap, int from, int to, double distance) {
            if (count < wanted || !(distance > squaredDistances[0])) {
                offsets[axis] = gap;
                visit(from, to, distance);
            }
        }

        private void offer(int atom) {
            double squared = 0;
            for (int j = 0; j < tree.points.dimension; j++) {
                double difference = tree.points.get(j, atom) - place[j];
                squared = Math.fma(difference, difference, squared);
            }
            if (count < wanted) {
                siftUp(count++, atom, squared);
            } else if (squared < squaredDistances[0]) {
                siftDown(atom, squared);
            }
        }

        private void siftUp(int start, int atom, double squared) {
            int at = start;
            while (at > 0 && squaredDistances[(at - 1) >>> 1] < squared) {
                put(at, found[(at - 1) >>> 1], squaredDistances[(at - 1) >>> 1]);
                at = (at - 1) >>> 1;
            }
            put(at, atom, squared);
        }

        private void siftDown(int atom, double squared) {
            int at = 0;
            while (2 * at + 1 < count) {
                int child = 2 * at + 1;
                if (child + 1 < count && squaredDistances[child + 1] > squaredDistances[child]) {
                    child++;
                }
                if (!(squaredDistances[child] > squared)) {
                    break;
                }
                put(at, found[child], squaredDistances[child]);
                at = child;
            }
            put(at, atom, squared);
        }

        private void put(int at, int atom, double squared) {
            found[at] = atom;
            squaredDistances[at] = squared;
        }
    }
}
