package io.driftwood.inference.variational;

import io.driftwood.inference.random.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What paths are made of: a method, how many bridges, and parts beyond the plain ones.
 *
 * @param bridges K; 0 for none, which is importance sampling from the start
 */
public record PathPlan(Method method, int dimension, int bridges, Set<Extra> extras) {

    /** Coupling layers of a flow behind the start: each half of the coordinates twice. */
    private static final int START_LAYERS = 4;

    public PathPlan {
        extras = Set.copyOf(extras);
        bridges = method.bridged() ? bridges : 0;
        if (extras.contains(Extra.NETWORK) && extras.contains(Extra.AFFINE)) {
            throw new IllegalArgumentException("the backward kernel has a network or an affine map in its mean, not both");
        }
        boolean controlled = extras.contains(Extra.LEARNED_BRIDGES) || extras.contains(Extra.AFFINE_BRIDGES);
        if (extras.contains(Extra.LEARNED_BRIDGES) && extras.contains(Extra.AFFINE_BRIDGES)) {
            throw new IllegalArgumentException("the scores of the bridges have a network or an affine map added, not both");
        }
        if (extras.contains(Extra.CONTROLLED) && (!controlled || method.hasMomentum())) {
            throw new IllegalArgumentException("a controlled drift is what is added to the scores of the bridges of overdamped dynamics; "
                    + (method.hasMomentum() ? "a force on momenta turns round by itself on the way back" : "nothing is added here"));
        }
        if (dimension < 2 && (extras.contains(Extra.FLOW) || method.layered)) {
            throw new IllegalArgumentException("coupling layers need two coordinates at least");
        }
    }

    /** The method without anything more. */
    public static PathPlan of(Method method, int dimension, int bridges) {
        return new PathPlan(method, dimension, bridges, Set.of());
    }

    /** The method with what it was published with: a score network for MCD and the LDVI family, a learned law of the last momentum for HVI. */
    public static PathPlan published(Method method, int dimension, int bridges) {
        return new PathPlan(method, dimension, bridges, method.extras);
    }

    public PathPlan with(Extra first, Extra... more) {
        Set<Extra> all = EnumSet.of(first, more);
        all.addAll(extras);
        return new PathPlan(method, dimension, bridges, all);
    }

    boolean has(Extra extra) { return extras.contains(extra); }

    /** The steps of a path in their order. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        int layer = 0;
        for (; has(Extra.FLOW) && layer < START_LAYERS; layer++) {
            moves.add(Move.layer(layer));
        }
        for (int k = 0; k < bridges; k++) {
            if (method.layered) {
                moves.add(Move.layer(layer++));
            }
            moves.add(Move.onBridge(method.dynamics, k));
        }
        return moves;
    }

    int layers() { return (has(Extra.FLOW) ? START_LAYERS : 0) + (method.layered ? bridges : 0); }

    Layout layout() {
        int d = dimension;
        Layout layout = Layout.plain(d, method.bridging.increments(bridges));
        layout = has(Extra.MASS) ? layout.with(Section.MASS, d) : layout;
        layout = has(Extra.PACE) ? layout.with(Section.PACE, bridges) : layout;
        layout = has(Extra.MOVING_REFERENCE) ? layout.with(Section.SHIFT, d).with(Section.STRETCH, d) : layout;
        layout = has(Extra.FRAME) ? layout.with(Section.FRAME_MEAN, d).with(Section.FRAME_LOWER, d * (d + 1) / 2) : layout;
        layout = layers() > 0 ? layout.with(Section.FLOW, flow().parameters()) : layout;
        layout = has(Extra.NETWORK) || has(Extra.AFFINE) ? layout.with(Section.GUIDE, guide().parameters()) : layout;
        layout = has(Extra.LEARNED_BRIDGES) || has(Extra.AFFINE_BRIDGES) ? layout.with(Section.CONTROL, control().parameters()) : layout;
        return has(Extra.LAST_MOMENTUM) ? layout.with(Section.LAST_MOMENTUM, 3 * d) : layout;
    }

    Flow flow() { return new Flow(dimension, layers()); }

    /** What adds to the mean of the backward kernel; null when nothing does. */
    Guide guide() {
        return has(Extra.NETWORK) ? new ScoreNetwork(dimension, bridges, method.hasMomentum())
                : has(Extra.AFFINE) ? new AffineGuide(dimension, bridges, method.hasMomentum()) : null;
    }

    /** What adds to the scores of the bridges; null when nothing does. */
    Guide control() {
        return has(Extra.LEARNED_BRIDGES) ? new ScoreNetwork(dimension, bridges, false) : has(Extra.AFFINE_BRIDGES) ? new AffineGuide(dimension, bridges, false) : null;
    }

    /** Where tuning begins, with the weights of networks, if there are any, by fixed randomness. */
    public PathParameters first(double step, double friction) { return first(step, friction, Randomness.of(1, "weights of networks")); }

    /** Even bridges, a standard start, equal steps, and networks that change nothing yet. */
    public PathParameters first(double step, double friction, Randomness random) {
        Layout layout = layout();
        double[] flat = new double[layout.total()];
        flat[0] = step;
        flat[1] = friction;
        for (Section section : layout.sections()) {
            int from = layout.offset(section);
            switch (section) {
                case INCREMENTS, MASS, PACE -> Arrays.fill(flat, from, from + layout.length(section), 1);
                case FRAME_LOWER -> {
                    for (int r = 0; r < dimension; r++) {
                        flat[from + r * (r + 3) / 2] = 1;
                    }
                }
                case FLOW -> flow().initialise(flat, from, random);
                case GUIDE -> guide().initialise(flat, from, random.branch(1));
                case CONTROL -> control().initialise(flat, from, random.branch(2));
                default -> { }
            }
        }
        return new PathParameters(layout, flat);
    }
}
