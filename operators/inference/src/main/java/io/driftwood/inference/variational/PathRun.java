package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;
import java.util.List;

/** Paths on their way forward, with the memory of their states: begins them, takes them step by step, ends them, and keeps account of their log-weights. */
final class PathRun {

    /** Rounding may grow this much before a state is marked, where steps are undone. */
    private static final double GROWTH = 1e4;

    /** Which states are kept: the latest two; all; the latest two and marks, for steps that are undone. */
    enum Memory { NONE, TAPE, UNDOING }

    final PathPlan plan;
    final Tape tape;
    final Leg leg;
    final double[] logWeights;
    /** What z_1 was made from. */
    final double[] white;
    final Scratch scratch = new Scratch();
    private final List<Move> moves;
    private final Memory memory;
    /** Of the present run, with its noise. */
    Steering steering;
    private Randomness random;
    private long step;

    PathRun(Target target, PathPlan plan, int size, Memory memory) {
        if (target.dimension() != plan.dimension()) {
            throw new IllegalArgumentException("a plan of paths in " + plan.dimension() + " dimensions does not suit a target in " + target.dimension());
        }
        this.plan = plan;
        this.moves = plan.moves();
        this.memory = memory;
        this.tape = memory == Memory.TAPE ? Tape.whole(moves.size(), size, plan.dimension()) : Tape.brief(size, plan.dimension());
        this.leg = new Leg(plan.has(Extra.FRAME) ? new Frame(target) : target, size, plan);
        this.white = new double[leg.length()];
        this.logWeights = new double[leg.stride];
        if (memory == Memory.TAPE) {
            leg.rememberRuns();
        }
    }

    int steps() { return moves.size(); }

    boolean hasMomentum() { return plan.method().hasMomentum() && plan.bridges() > 0; }

    boolean undoing() { return memory == Memory.UNDOING; }

    /** z_(K+1), in the frame of the parameters if they have one. */
    Particles lastPositions() { return tape.position(steps()); }

    void run(Steering newSteering, Randomness newRandom, long newStep, Exchange exchange) {
        steering = newSteering;
        random = newRandom;
        step = newStep;
        steering.load(leg);
        if (undoing()) {
            tape.mark(spacing(), steps());
        }
        begin();
        for (int k = 0; k < steps(); k++) {
            advance(k, exchange);
        }
        end();
    }

    /** How many steps may be undone in a row. */
    private int spacing() {
        double kept = Math.abs(leg.refresh.keptForward());
        double apart = kept >= 1 ? plan.bridges() : kept == 0 ? 1 : StrictMath.log(GROWTH) / -StrictMath.log(kept);
        return (int) Math.max(1, Math.min(plan.bridges(), apart));
    }

    /** z_1 and rho_1, with L = |white|^2/2 + sum log sd + (d/2) log 2 pi + |rho_1|^2/2 so far. */
    private void begin() {
        leg.to = tape.position(0);
        leg.toScore = tape.score(0);
        random.normals(step, Purpose.START, 0, white, 0, white.length);
        steering.start.place(white, leg.stride, leg.to.values);
        leg.to.pad();
        Arrays.fill(logWeights, steering.start.logNormaliser);
        Columns.addSquares(0.5, white, leg.dimension, leg.stride, logWeights);
        if (hasMomentum()) {
            random.normals(step, Purpose.MOMENTUM, 0, tape.momentum(0), 0, white.length);
            Columns.addSquares(0.5, tape.momentum(0), leg.dimension, leg.stride, logWeights);
        }
        if (scoreNeeded(0)) {
            leg.evaluate(scratch);
        }
    }

    /** From state k to state k + 1. */
    private void advance(int k, Exchange exchange) {
        if (undoing()) {
            tape.save(k);
        }
        Dynamics dynamics = place(k, true);
        if (onBridge(k)) {
            exchange.before(leg, scoreNeeded(k), logWeights, random, step, scratch);
        }
        dynamics.forward(leg, logWeights, scratch);
        if (!dynamics.scoresEnd() && scoreNeeded(k + 1)) {
            leg.evaluate(scratch);
        }
    }

    /** Whether state k is the last, or where a step begins with a score. */
    private boolean scoreNeeded(int k) { return k == steps() || moves.get(k).dynamics().scoresBeginning(); }

    private void end() {
        for (int i = 0; i < leg.stride; i++) {
            logWeights[i] += leg.logDensity[i];
        }
        if (hasMomentum()) {
            steering.last.addLog(lastPositions().values, tape.momentum(steps()), leg.stride, logWeights);
        }
    }

    /** Puts the leg back on the step from state k to state k + 1. */
    Dynamics placeAgain(int k) { return place(k, undoing()); }

    private Dynamics place(int k, boolean draw) {
        Move move = moves.get(k);
        tape.place(leg, k);
        leg.layer = move.layer();
        if (move.bridge() >= 0) {
            steering.place(leg, move.bridge());
            if (draw && leg.draws) {
                random.normals(step, Purpose.NOISE, leg.index, leg.noise, 0, leg.length());
            }
        }
        return move.dynamics();
    }

    /** Whether step k is on a bridge, and no coupling layer. */
    boolean onBridge(int k) { return moves.get(k).bridge() >= 0; }
}
