package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * The probabilities r_a ~ w_a e^(-|y - x_a|^2 / 2s) of the atoms given one place y after another: of all atoms, or of the k nearest.
 * Buffers are the caller's scratch.
 */
final class AtomWeights {

    private final Atoms atoms;
    private final Particles places;
    private final double total;
    private final NearestAtoms.Search search;

    /** Coordinate j of the a-th atom that counts at [j*stride + a]. */
    final double[] columns;
    final int count;
    final int stride;
    /** r_a, 0 in the padding lanes. */
    final double[] r;
    /** log sum_a w_a e^(-|y - x_a|^2 / 2s) = parts[0] + log parts[1]. */
    final double[] parts;
    private final double[] logWeights;

    /**
     * @param nearest null when all atoms count
     * @param total s, positive
     */
    AtomWeights(Atoms atoms, NearestAtoms nearest, int neighbours, Particles places, double total, Scratch scratch) {
        if (!(total > 0)) {
            throw new IllegalArgumentException("atoms without bandwidth have a density only with noise added");
        }
        this.atoms = atoms;
        this.places = places;
        this.total = total;
        this.count = nearest == null ? atoms.points.size : neighbours;
        this.stride = Particles.strideOf(count);
        this.search = nearest == null ? null : new NearestAtoms.Search(nearest, neighbours, scratch);
        this.columns = nearest == null ? atoms.points.values : scratch.take(atoms.points.dimension * stride);
        this.logWeights = nearest == null ? atoms.logWeights : scratch.take(stride);
        this.r = scratch.take(stride);
        this.parts = scratch.take(2);
    }

    /** At particle i of the places. */
    void at(int i) {
        if (search != null) {
            gather(i);
        }
        System.arraycopy(logWeights, 0, r, 0, stride);
        double factor = -0.5 / total;
        for (int j = 0; j < atoms.points.dimension; j++) {
            double place = places.get(j, i);
            int column = j * stride;
            for (int a = 0; a < stride; a++) {
                double difference = columns[column + a] - place;
                r[a] = Math.fma(factor * difference, difference, r[a]);
            }
        }
        Atoms.softmax(r, stride, parts);
    }

    private void gather(int i) {
        search.from(places, i);
        for (int a = 0; a < stride; a++) {
            int atom = search.atom(Math.min(a, count - 1));
            logWeights[a] = a < count ? atoms.logWeights[atom] : Double.NEGATIVE_INFINITY;
            for (int j = 0; j < atoms.points.dimension; j++) {
                columns[j * stride + a] = atoms.points.get(j, atom);
            }
        }
    }

    /**
     * After {@link #at}: how much larger the log of the whole sum may be than that of the atoms that counted. Every other atom is at least as
     * far as the farthest of them, at R: the rest is at most (1 - sum of their weights) e^(-R^2 / 2s).
     */
    double leftOutBound() {
        if (search == null) {
            return 0;
        }
        double rest = 1;
        for (int a = 0; a < count; a++) {
            rest -= StrictMath.exp(logWeights[a]);
        }
        double logRest = StrictMath.log(Math.max(0, rest)) - 0.5 * search.farthestSquared() / total;
        return StrictMath.log1p(StrictMath.exp(logRest - parts[0]) / parts[1]);
    }
}
