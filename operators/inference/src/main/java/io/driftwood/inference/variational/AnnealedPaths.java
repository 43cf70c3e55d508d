package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;

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
 * <p>Noise of step k is that of (step, NOISE, k). Buffers belong to the object, which serves one thread; after warm-up only a few vectors as long as the plain
 * parameters, and the gradient, are allocated.
 *
 * <p>References: [1] Geffner and Domke (2021), MCMC variational inference via uncorrected Hamiltonian annealing; [2] Geffner and Domke (2023), Langevin
 * diffusion variational inference. Differs from them: scores are computed once a position and not twice; derivatives by a hand-written adjoint.
 */
public final class AnnealedPaths {

    private final PathRun paths;
    private final Layout layout;
    /** Null where paths are only run. */
    private final ReverseSweep back;

    private AnnealedPaths(Target target, PathPlan plan, int size, PathRun.Memory memory) {
        this.paths = new PathRun(target, plan, size, memory);
        this.layout = plan.layout();
        this.back = memory == PathRun.Memory.NONE ? null : new ReverseSweep(paths);
    }

    /** Paths that are only run: memory does not grow with the number of bridges. */
    public static AnnealedPaths forSampling(Target target, PathPlan plan, int size) { return new AnnealedPaths(target, plan, size, PathRun.Memory.NONE); }

    /** Paths of a method without anything more. */
    public static AnnealedPaths forSampling(Target target, Method method, int bridges, int size) {
        return forSampling(target, PathPlan.of(method, target.dimension(), bridges), size);
    }

    /** Paths that can be differentiated too: all their states are kept. */
    public static AnnealedPaths forTraining(Target target, PathPlan plan, int size) { return new AnnealedPaths(target, plan, size, PathRun.Memory.TAPE); }

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
        return new AnnealedPaths(target, plan, size, PathRun.Memory.UNDOING);
    }

    /**
     * Runs the paths; the same arguments give the same paths.
     *
     * @throws IllegalArgumentException when the parameters are for another plan
     */
    public void run(PathParameters parameters, Randomness random, long step) { run(parameters, random, step, Exchange.NONE); }

    /** The same, with something between the paths before every step on a bridge. */
    void run(PathParameters parameters, Randomness random, long step, Exchange exchange) {
        if (!parameters.layout.matches(layout)) {
            throw new IllegalArgumentException("parameters for " + parameters.layout + " cannot steer paths that need " + layout);
        }
        paths.run(new Steering(paths.plan, parameters), random, step, exchange);
    }

    /** L of the paths of the last run; the first {@code size} count. What is not finite is a path that diverged. */
    public double[] logWeights() { return paths.logWeights; }

    /** z_(K+1) of the last run. */
    public Particles ends() {
        Frame frame = paths.leg.frame;
        if (frame == null) {
            return paths.lastPositions();
        }
        Particles ends = new Particles(size(), paths.leg.dimension);
        frame.colour(paths.lastPositions(), ends.values);
        return ends;
    }

    public int size() { return paths.leg.size; }

    /** States of the paths that are in memory at once. */
    int statesKept() { return paths.tape.kept(); }

    /** Mean of L over the paths of the last run: the bound that is tuned. */
    public double meanLogWeight() { return LaneMath.get().sum(logWeights(), 0, size()) / size(); }

    /**
     * Runs the paths and differentiates the mean of their log-weights in every parameter, the noise held.
     *
     * @return the gradient, laid out as {@link PathParameters#flat}
     * @throws IllegalStateException when the paths were made for sampling
     */
    public double[] gradient(PathParameters parameters, Randomness random, long step) { return gradient(parameters, random, step, Objective.BOUND); }

    /** The same of another objective. */
    public double[] gradient(PathParameters parameters, Randomness random, long step, Objective objective) {
        double[] gradient = new double[layout.total()];
        gradient(parameters, random, step, objective, gradient);
        return gradient;
    }

    /** The same into an array that is there. */
    void gradient(PathParameters parameters, Randomness random, long step, Objective objective, double[] gradient) {
        if (back == null) {
            throw new IllegalStateException("these paths keep no tape");
        }
        run(parameters, random, step);
        back.gradient(objective, gradient);
    }
}
