package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;
import java.util.List;

/**
 * N paths from a normal start over K bridges to a target p, side by side, and their log-weights
 * <pre>
 *   z_1 ~ q0,  rho_1 ~ N(0, I),   (z, rho)_(k+1) ~ F_k(. | (z, rho)_k)   on   log pi_k = (1 - beta_k) log q0 + beta_k log p
 *   L = log p(z_(K+1)) - log q0(z_1) + (|rho_1|^2 - |rho_(K+1)|^2)/2 + sum_k log B_k/F_k
 * </pre>
 * E e^L is the normaliser of p exactly, so the mean of e^L is unbiased and E L a lower bound on log Z; z_(K+1) with weight e^L is a draw of p. No bridges
 * is plain importance sampling from q0. K + 1 scores a path; with the gradient K + 1 Hessian-vector products more, because what a position owes to both its
 * neighbours is paid at once. Coupling layers cost a score each.
 *
 * <p>Noise of step k is that of (step, NOISE, k) and is generated again on the way back. Buffers belong to the object, which serves one thread; after
 * warm-up only a few vectors as long as the parameters are allocated.
 *
 * <p>References: [1] Geffner and Domke (2021), MCMC variational inference via uncorrected Hamiltonian annealing; [2] Geffner and Domke (2023), Langevin
 * diffusion variational inference. Differs from them: scores are computed once a position and not twice; derivatives by a hand-written adjoint.
 */
public final class AnnealedPaths {

    /** Rounding may grow this much before a state is marked, where steps are undone. */
    private static final double GROWTH = 1e4;

    private final PathPlan plan;
    private final List<Move> moves;
    private final Layout layout;
    private final int size;
    private final Tape tape;
    private final boolean undoing;
    private final Leg leg;
    private final double[] white;
    private final double[] logWeights;
    private final Cotangents bar;
    private final Scratch scratch = new Scratch();
    private Start start;
    private Schedule schedule;
    private LastMomentum last;

    private enum Memory { NONE, TAPE, UNDOING }

    private AnnealedPaths(Target target, PathPlan plan, int size, Memory memory) {
        if (target.dimension() != plan.dimension()) {
            throw new IllegalArgumentException("a plan of paths in " + plan.dimension() + " dimensions does not suit a target in " + target.dimension());
        }
        this.plan = plan;
        this.moves = plan.moves();
        this.layout = plan.layout();
        this.size = size;
        this.undoing = memory == Memory.UNDOING;
        this.tape = memory == Memory.TAPE ? Tape.whole(moves.size(), size, plan.dimension()) : Tape.brief(size, plan.dimension());
        this.leg = new Leg(plan.has(Extra.FRAME) ? new Frame(target) : target, size, plan);
        this.white = new double[leg.length()];
        this.logWeights = new double[leg.stride];
        this.bar = memory == Memory.NONE ? null : new Cotangents(size, plan.dimension());
    }

    /** Paths that are only run: memory does not grow with the number of bridges. */
    public static AnnealedPaths forSampling(Target target, PathPlan plan, int size) { return new AnnealedPaths(target, plan, size, Memory.NONE); }

    /** Paths of a method without anything more. */
    public static AnnealedPaths forSampling(Target target, Method method, int bridges, int size) {
        return forSampling(target, PathPlan.of(method, target.dimension(), bridges), size);
    }

    /** Paths that can be differentiated too: all their states are kept. */
    public static AnnealedPaths forTraining(Target target, PathPlan plan, int size) { return new AnnealedPaths(target, plan, size, Memory.TAPE); }

    public static AnnealedPaths forTraining(Target target, Method method, int bridges, int size) {
        return forTraining(target, PathPlan.of(method, target.dimension(), bridges), size);
    }

    /**
     * Paths that can be differentiated too, but keep only two states: on the way back the leapfrogs are undone, with the same noise, for a score more a step.
     * Undoing a refreshment divides by the share a of the momentum that was kept and so makes rounding grow; states are marked so often that it grows by at most 10^4.
     *
     * @throws IllegalArgumentException when the steps cannot be undone: only leapfrogs, without coupling layers, can
     */
    public static AnnealedPaths forTrainingInLittleMemory(Target target, PathPlan plan, int size) {
        if (!plan.moves().stream().allMatch(m -> m.dynamics().reversible())) {
            throw new IllegalArgumentException("steps of " + plan.method() + " cannot be undone; only leapfrogs without coupling layers can");
        }
        return new AnnealedPaths(target, plan, size, Memory.UNDOING);
    }

    /**
     * Runs the paths; the same arguments give the same paths.
     *
     * @throws IllegalArgumentException when the parameters are for another plan
     */
    public void run(PathParameters parameters, Randomness random, long step) {
        check(parameters);
        load(parameters);
        begin(parameters, random, step);
        for (int k = 0; k < moves.size(); k++) {
            if (undoing) {
                tape.save(k);
            }
            Dynamics dynamics = place(k, random, step);
            dynamics.forward(leg, logWeights, scratch);
            if (!dynamics.scoresEnd() && scoreNeeded(k + 1)) {
                leg.evaluate(scratch);
            }
        }
        end();
    }

    /** Whether state k is the last, or where a step begins with a score. */
    private boolean scoreNeeded(int k) { return k == moves.size() || moves.get(k).dynamics().scoresBeginning(); }

    /** L of the paths of the last run; the first {@code size} count. What is not finite is a path that diverged. */
    public double[] logWeights() { return logWeights; }

    /** z_(K+1) of the last run, in the frame of the parameters if they have one; see {@link #ends}. */
    private Particles lastPositions() { return tape.position(moves.size()); }

    /** z_(K+1) of the last run. */
    public Particles ends() {
        if (leg.frame == null) {
            return lastPositions();
        }
        Particles ends = new Particles(size, plan.dimension());
        leg.frame.colour(lastPositions(), ends.values);
        return ends;
    }

    public int size() { return size; }

    /** States of the paths that are in memory at once. */
    int statesKept() { return tape.kept(); }

    /** Mean of L over the paths of the last run: the bound that is tuned. */
    public double meanLogWeight() { return LaneMath.get().sum(logWeights, 0, size) / size; }

    /**
     * Runs the paths and differentiates the mean of their log-weights in every parameter, the noise held.
     *
     * @return the gradient, laid out as {@link PathParameters#flat}
     * @throws IllegalStateException when the paths were made for sampling
     */
    public double[] gradient(PathParameters parameters, Randomness random, long step) { return gradient(parameters, random, step, Objective.BOUND); }

    /** The same of another objective. */
    public double[] gradient(PathParameters parameters, Randomness random, long step, Objective objective) {
        if (bar == null) {
            throw new IllegalStateException("these paths keep no tape");
        }
        run(parameters, random, step);
        objective.shares(logWeights, size, bar.share);
        GradientSum sum = new GradientSum(plan, parameters, schedule);
        reverseEnd(sum);
        for (int k = moves.size() - 1; k >= 0; k--) {
            Dynamics dynamics = place(k, random, step);
            if (undoing) {
                undo(k, dynamics);
            }
            dynamics.reverse(leg, bar, scratch);
            if (moves.get(k).bridge() >= 0) {
                sum.addLeg(leg, bar, start);
            }
        }
        bar.settle(leg, tape.position(0), tape.score(0), scratch);
        sum.finish(leg, bar, start, white);
        return sum.gradient;
    }

    private void reverseEnd(GradientSum sum) {
        bar.begin(tape.score(moves.size()));
        if (leg.frame != null) {
            leg.frame.end(lastPositions(), tape.score(moves.size()), bar.share, scratch);
        }
        if (hasMomentum()) {
            int at = layout.has(Section.LAST_MOMENTUM) ? layout.offset(Section.LAST_MOMENTUM) : -1;
            last.reverse(lastPositions().values, tape.momentum(moves.size()), leg.stride, size, bar, sum.gradient, at);
        }
    }

    /** State k from state k + 1; a state that was marked replaces what undoing gives, and the refreshed momentum is made from it again. */
    private void undo(int k, Dynamics dynamics) {
        dynamics.undo(leg, scratch);
        if (tape.load(k)) {
            for (int i = 0; i < leg.length(); i++) {
                leg.refreshed[i] = leg.refresh.keptForward() * leg.fromMomentum[i] + leg.refresh.spreadForward() * leg.noise[i];
            }
            leg.target.evaluate(leg.from, leg.logDensity, leg.fromScore, scratch);
        }
    }

    private boolean hasMomentum() { return plan.method().hasMomentum() && plan.bridges() > 0; }

    /** What a run needs of the parameters. */
    private void load(PathParameters parameters) {
        start = new Start(parameters);
        schedule = new Schedule(plan, parameters);
        last = new LastMomentum(plan.dimension(), layout.has(Section.LAST_MOMENTUM) ? parameters.section(Section.LAST_MOMENTUM) : null);
        leg.refresh = plan.method().refresh.at(parameters.step(), parameters.friction());
        leg.draws = plan.method().refresh.draws();
        if (plan.bridges() > 0) {
            leg.index = 0;
            leg.beta = schedule.betas[0];
            schedule.place(leg);
            start.place(leg);
        }
        double[] raw = parameters.raw();
        if (leg.guide != null) {
            leg.guide.load(raw, layout.offset(Section.GUIDE));
        }
        if (leg.control != null) {
            leg.control.load(raw, layout.offset(Section.CONTROL));
        }
        if (layout.has(Section.FLOW)) {
            leg.flow.load(raw, layout.offset(Section.FLOW));
        }
        if (leg.frame != null) {
            leg.frame.load(raw, layout.offset(Section.FRAME_MEAN), layout.offset(Section.FRAME_LOWER));
        }
        if (undoing) {
            double kept = Math.abs(leg.refresh.keptForward());
            double apart = kept >= 1 ? plan.bridges() : kept == 0 ? 1 : StrictMath.log(GROWTH) / -StrictMath.log(kept);
            tape.mark((int) Math.max(1, Math.min(plan.bridges(), apart)), moves.size());
        }
    }

    /** z_1 and rho_1, with L = |white|^2/2 + sum log sd + (d/2) log 2 pi + |rho_1|^2/2 so far. */
    private void begin(PathParameters parameters, Randomness random, long step) {
        leg.to = tape.position(0);
        leg.toScore = tape.score(0);
        random.normals(step, Purpose.START, 0, white, 0, white.length);
        start.place(white, leg.stride, leg.to.values);
        leg.to.pad();
        Arrays.fill(logWeights, start.logNormaliser);
        Columns.addSquares(0.5, white, leg.dimension, leg.stride, logWeights);
        if (hasMomentum()) {
            random.normals(step, Purpose.MOMENTUM, 0, tape.momentum(0), 0, white.length);
            Columns.addSquares(0.5, tape.momentum(0), leg.dimension, leg.stride, logWeights);
        }
        if (scoreNeeded(0)) {
            leg.evaluate(scratch);
        }
    }

    private Dynamics place(int k, Randomness random, long step) {
        Move move = moves.get(k);
        tape.place(leg, k);
        leg.layer = move.layer();
        if (move.bridge() >= 0) {
            leg.index = move.bridge();
            leg.beta = schedule.betas[leg.index];
            if (schedule.paced()) {
                schedule.place(leg);
            }
            if (start.moving()) {
                start.place(leg);
            }
            if (leg.draws) {
                random.normals(step, Purpose.NOISE, leg.index, leg.noise, 0, leg.length());
            }
        }
        return move.dynamics();
    }

    private void end() {
        for (int i = 0; i < leg.stride; i++) {
            logWeights[i] += leg.logDensity[i];
        }
        if (hasMomentum()) {
            last.addLog(lastPositions().values, tape.momentum(moves.size()), leg.stride, logWeights);
        }
    }

    private void check(PathParameters parameters) {
        if (!parameters.layout.matches(layout)) {
            throw new IllegalArgumentException("parameters for " + parameters.layout + " cannot steer paths that need " + layout);
        }
    }
}
