package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;

/** Ends the way back: from the cotangents at the start of the paths to the mean gradient in the parameters. */
final class PathGradient {

    private PathGradient() {}

    /**
     * @param white (z_1 - mean) / sd
     * @return laid out as {@link PathParameters#flat}
     */
    static double[] of(Cotangents bar, Leg leg, Method method, PathParameters parameters, double[] white, int size) {
        Refresh.Coefficients sums = new Refresh.Coefficients(total(bar.keptForward, 0, size), total(bar.spreadForward, 0, size),
                total(bar.keptBackward, 0, size), total(bar.varianceBackward, 0, size));
        double step = total(bar.step, 0, size);
        double friction = method.hasMomentum() ? method.refresh.derivative(parameters.step(), parameters.friction(), sums) : 0;
        if (method.hasMomentum() && !method.refresh.isShare()) {
            // h = gamma delta
            step += parameters.friction() * friction;
            friction *= parameters.step();
        }
        double[] mean = new double[leg.dimension];
        double[] logSd = new double[leg.dimension];
        for (int j = 0; j < leg.dimension; j++) {
            int column = j * leg.stride;
            mean[j] = total(bar.mean, column, size) + total(bar.position, column, size);
            // z_1 = mean + sd white; -log q0(z_1) has log sd; 1/sd^2 is in the bridges.
            logSd[j] = leg.start.sd[j] * LaneMath.get().dot(bar.position, column, white, column, size) + size
                    - 2 * leg.start.precision[j] * total(bar.precision, column, size);
        }
        double[] flat = new PathParameters(step, friction, Bridges.transpose(parameters.increments(), bar.beta), mean, logSd).flat();
        for (int k = 0; k < flat.length; k++) {
            flat[k] /= size;
        }
        return flat;
    }

    private static double total(double[] lanes, int offset, int size) { return LaneMath.get().sum(lanes, offset, size); }
}
