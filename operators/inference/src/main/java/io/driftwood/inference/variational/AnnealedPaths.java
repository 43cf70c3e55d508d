package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * N paths from a normal start over K bridges to a target p, side by side, and their log-weights
 * <pre>
 *   z_1 ~ q0,  rho_1 ~ N(0, I),   (z, rho)_(k+1) ~ F_k(. | (z, rho)_k)   on   log pi_k = (1 - beta_k) log q0 + beta_k log p
 *   L = log p(z_(K+1)) - log q0(z_1) + (|rho_1|^2 - |rho_(K+1)|^2)/2 + sum_k log B_k/F_k
 * </pre>
 * E e^L is the normaliser of p exactly, so the mean of e^L is unbiased and E L a lower bound on log Z; z_(K+1) with weight e^L is a draw of p. No bridges
 * is plain importance sampling from q0. K + 1 scores a path; with the gradient K + 1 Hessian-vector products more, because what a position owes to both its
 * neighbours is paid at once.
 *
 * <p>Noise of step k is that of (step, NOISE, k) and is generated again on the way back. Buffers belong to the object, which serves one thread; after
 * warm-up only vectors as long as the parameters are allocated.
 *
 * <p>References: [1] Geffner and Domke (2021), MCMC variational inference via uncorrected Hamiltonian annealing; [2] Geffner and Domke (2023), Langevin
 * diffusion variational inference. Differs from them: scores are computed once a position and not twice; derivatives by a hand-written adjoint.
 */
public final class AnnealedPaths {

    private final Method method;
    private final int bridges;
    private final int size;
    private final Tape tape;
    private final Leg leg;
    private final double[] white;
    private final double[] logWeights;
    private final Cotangents bar;
    private final Scratch scratch = new Scratch();

    private AnnealedPaths(Target target, Method method, int bridges, int size, boolean derivatives) {
        this.method = method;
        this.bridges = bridges;
        this.size = size;
        this.tape = new Tape(size, target.dimension(), bridges, derivatives);
        this.leg = new Leg(target, size);
        this.white = new double[leg.length()];
        this.logWeights = new double[leg.stride];
        this.bar = derivatives ? new Cotangents(size, target.dimension(), bridges) : null;
    }

    /** Paths that are only run: memory does not grow with the number of bridges. */
    public static AnnealedPaths forSampling(Target target, Method method, int bridges, int size) {
        return new AnnealedPaths(target, method, bridges, size, false);
    }

    /** Paths that can be differentiated too. */
    public static AnnealedPaths forTraining(Target target, Method method, int bridges, int size) {
        return new AnnealedPaths(target, method, bridges, size, true);
    }

    /**
     * Runs the paths; the same arguments give the same paths.
     *
     * @throws IllegalArgumentException when the parameters are for another dimension or number of bridges
     */
    public void run(PathParameters parameters, Randomness random, long step) {
        check(parameters);
        double[] betas = Bridges.temperatures(parameters.increments(), bridges);
        begin(parameters, random, step);
        for (int k = 0; k < bridges; k++) {
            place(k, betas, random, step);
            method.dynamics.forward(leg, logWeights, scratch);
        }
        end();
    }

    /** L of the paths of the last run; the first {@code size} count. What is not finite is a path that diverged. */
    public double[] logWeights() { return logWeights; }

    /** z_(K+1) of the last run. */
    public Particles ends() { return tape.position(bridges); }

    public int size() { return size; }

    /** Mean of L over the paths of the last run: the bound that is tuned. */
    public double meanLogWeight() { return LaneMath.get().sum(logWeights, 0, size) / size; }

    /**
     * Runs the paths and differentiates the mean of their log-weights in every parameter, the noise held.
     *
     * @return the gradient, laid out as {@link PathParameters#flat}
     * @throws IllegalStateException when the paths were made for sampling
     */
    public double[] gradient(PathParameters parameters, Randomness random, long step) {
        if (bar == null) {
            throw new IllegalStateException("these paths keep no tape");
        }
        run(parameters, random, step);
        double[] betas = Bridges.temperatures(parameters.increments(), bridges);
        bar.begin(tape.score(bridges), method.hasMomentum() && bridges > 0 ? tape.momentum(bridges) : null);
        for (int k = bridges - 1; k >= 0; k--) {
            place(k, betas, random, step);
            method.dynamics.reverse(leg, bar, scratch);
        }
        bar.settle(leg, tape.position(0), scratch);
        return PathGradient.of(bar, leg, method, parameters, white, size);
    }

    /** z_1 and rho_1, with L = |white|^2/2 + sum log sd + (d/2) log 2 pi + |rho_1|^2/2 so far. */
    private void begin(PathParameters parameters, Randomness random, long step) {
        leg.start = new Start(parameters.mean(), parameters.logSd());
        leg.step = parameters.step();
        leg.refresh = method.refresh.at(parameters.step(), parameters.friction());
        leg.to = tape.position(0);
        leg.toScore = tape.score(0);
        random.normals(step, Purpose.START, 0, white, 0, white.length);
        leg.start.place(white, leg.stride, leg.to.values);
        leg.to.pad();
        Arrays.fill(logWeights, leg.start.logNormaliser);
        Columns.addSquares(0.5, white, leg.dimension, leg.stride, logWeights);
        if (method.hasMomentum()) {
            random.normals(step, Purpose.MOMENTUM, 0, tape.momentum(0), 0, white.length);
            Columns.addSquares(0.5, tape.momentum(0), leg.dimension, leg.stride, logWeights);
        }
        leg.evaluate(scratch);
    }

    private void place(int k, double[] betas, Randomness random, long step) {
        tape.place(leg, k);
        leg.beta = betas[k];
        random.normals(step, Purpose.NOISE, k, leg.noise, 0, leg.length());
    }

    private void end() {
        for (int i = 0; i < leg.stride; i++) {
            logWeights[i] += leg.logDensity[i];
        }
        if (method.hasMomentum()) {
            Columns.addSquares(-0.5, tape.momentum(bridges), leg.dimension, leg.stride, logWeights);
        }
    }

    private void check(PathParameters parameters) {
        if (parameters.dimension() != leg.dimension || parameters.increments().length != Bridges.increments(bridges)) {
            throw new IllegalArgumentException("parameters for " + parameters.dimension() + " dimensions and " + parameters.increments().length
                    + " increments cannot steer paths in " + leg.dimension + " dimensions over " + bridges + " bridges");
        }
    }
}
