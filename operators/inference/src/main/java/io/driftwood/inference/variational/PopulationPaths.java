package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Bridged;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Arrays;

/**
 * Paths that begin at the particles of a population of pi_0 and end at pi_1 = pi_0 e^u, without accept steps, one from each particle, and their
 * log-weights
 * <pre>
 *   rho_1 ~ N(0, I),   (z, rho)_(k+1) ~ F_k(. | (z, rho)_k)   on   log pi_k = log pi_0 + beta_k u
 *   L = log pi_1(z_(K+1)) - log pi_0(z_1) + (|rho_1|^2 - |rho_(K+1)|^2)/2 + sum_k log B_k/F_k
 * </pre>
 * For z_1 of the law pi_0, E e^L is Z_1/Z_0 exactly, whatever the parameters, as long as they and the coordinates do not depend on the particles; fitted to
 * the particles they cost O(1/N). z_(K+1) with weight e^L is then a draw of pi_1. K + 1 scores a path. The start's own parameters and standard deviations are
 * not used: the start is the population.
 *
 * <p>Noise of step k is that of (step, NOISE, k). Buffers belong to the object, which serves one thread; nothing but vectors as long as the parameters is
 * allocated in a run. Reference: {@link AnnealedPaths}, of which this differs by the start and by the bridges.
 */
public final class PopulationPaths {

    private final PathPlan plan;
    private final Method method;
    private final int bridges;
    private final int size;
    private final PopulationLeg leg;
    private final Particles[] positions = new Particles[2];
    private final double[][] scores;
    private final double[][] momenta;

    /**
     * @param size paths, as many as particles
     * @throws IllegalArgumentException for a method that cannot lead a population
     */
    public PopulationPaths(Method method, int bridges, Bridged bridged, int size) {
        if (!canLeave(method)) {
            throw new IllegalArgumentException(TunedPath.nameOf(method) + " cannot lead a population: it has no bridges, a last one that is the target, or coupling layers");
        }
        this.plan = PathPlan.of(method, bridged.dimension(), bridges);
        this.method = method;
        this.bridges = bridges;
        this.size = size;
        this.leg = new PopulationLeg(bridged, size, plan);
        this.positions[0] = new Particles(size, leg.dimension);
        this.positions[1] = new Particles(size, leg.dimension);
        this.scores = new double[2][2 * leg.length()];
        this.momenta = new double[2][leg.length()];
        leg.refreshed = new double[leg.length()];
    }

    /** Whether paths of this method can begin at a population: those whose steps are all on bridges between the start and the target. */
    public static boolean canLeave(Method method) { return method.bridging == Bridging.INSIDE && !method.layered; }

    public int size() { return size; }

    /** Target evaluations of a run. */
    public int evaluations() { return bridges + 1; }

    /**
     * Moves every particle to the end of its path; the same arguments give the same paths.
     *
     * @param x in: particles of pi_0; out: the ends
     * @param coordinates in which steps are taken: those in which this normal is standard, so best one like the population
     * @param logWeights out, length stride; what is not finite is a path that diverged, or left the support
     */
    public void run(Particles x, GaussianTarget coordinates, PathParameters parameters, Randomness random, long step, double[] logWeights, Scratch scratch) {
        Schedule schedule = new Schedule(plan, parameters);
        leg.in(coordinates);
        leg.draws = method.refresh.draws();
        leg.refresh = method.refresh.at(parameters.step(), parameters.friction());
        begin(x, random, step, logWeights, scratch);
        for (int k = 0; k < bridges; k++) {
            place(k);
            leg.beta = schedule.betas[k];
            schedule.place(leg);
            random.normals(step, Purpose.NOISE, k, leg.noise, 0, leg.length());
            method.dynamics.forward(leg, logWeights, scratch);
        }
        end(x, logWeights);
    }

    /** L = |rho_1|^2/2 - log pi_0(z_1) so far. */
    private void begin(Particles x, Randomness random, long step, double[] logWeights, Scratch scratch) {
        leg.to = positions[0];
        leg.toScore = scores[0];
        leg.whiten(x, leg.to);
        leg.evaluate(scratch);
        Arrays.fill(logWeights, 0, leg.stride, 0.0);
        LaneMath.get().axpy(-1, leg.logDensity, 0, logWeights, 0, leg.stride);
        if (method.hasMomentum()) {
            random.normals(step, Purpose.MOMENTUM, 0, momenta[0], 0, leg.length());
            Columns.addSquares(0.5, momenta[0], leg.dimension, leg.stride, logWeights);
        }
    }

    private void place(int k) {
        leg.index = k;
        leg.from = positions[k % 2];
        leg.to = positions[(k + 1) % 2];
        leg.fromScore = scores[k % 2];
        leg.toScore = scores[(k + 1) % 2];
        leg.fromMomentum = momenta[k % 2];
        leg.toMomentum = momenta[(k + 1) % 2];
    }

    private void end(Particles x, double[] logWeights) {
        LaneMath.get().axpy(1, leg.logDensity, 0, logWeights, 0, leg.stride);
        LaneMath.get().axpy(1, leg.logRatio, 0, logWeights, 0, leg.stride);
        if (method.hasMomentum()) {
            Columns.addSquares(-0.5, momenta[bridges % 2], leg.dimension, leg.stride, logWeights);
        }
        leg.colour(leg.to, x);
        x.pad();
    }
}
