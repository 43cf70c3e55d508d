package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;

/** What a step of the paths sees. All arrays are columns of paths; the object is moved along the tape. The bridges lead from a normal, unless a {@link PopulationLeg} has others. */
class Leg {

    final Target target;
    final int dimension;
    final int stride;
    Start start;
    double step;
    Refresh.Coefficients refresh;

    /** Number of the step from 0, its inverse temperature, and its noise. */
    int index;
    double beta;
    final double[] noise;

    /** z_k and z_(k+1), the target's score there, and the momenta. */
    Particles from;
    Particles to;
    double[] fromScore;
    double[] toScore;
    double[] fromMomentum;
    double[] toMomentum;
    /** rho' of the splitting. */
    double[] refreshed;
    /** log-density of the target at {@code to}. */
    final double[] logDensity;

    Leg(Target target, int size) { this(target, target.dimension(), size); }

    /** Without a target, for bridges that have densities of their own. */
    Leg(int dimension, int size) { this(null, dimension, size); }

    private Leg(Target target, int dimension, int size) {
        this.target = target;
        this.dimension = dimension;
        this.stride = Particles.strideOf(size);
        this.noise = new double[dimension * stride];
        this.logDensity = new double[stride];
    }

    final int length() { return dimension * stride; }

    void evaluate(Scratch scratch) { target.evaluate(to, logDensity, toScore, scratch); }

    void fromBridgeScore(double[] out) { start.bridgeScore(beta, from.values, fromScore, stride, out); }

    void toBridgeScore(double[] out) { start.bridgeScore(beta, to.values, toScore, stride, out); }
}
