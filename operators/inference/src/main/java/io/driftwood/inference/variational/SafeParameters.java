package io.driftwood.inference.variational;

import java.util.Set;

/**
 * Path parameters as a vector without bounds: log step, logit eta or log gamma, log increments (of which only the ratios matter), mean, log sd. What is
 * not trained has gradient 0.
 */
final class SafeParameters {

    private final Method method;
    private final Set<Trained> trained;

    SafeParameters(Method method, Set<Trained> trained) {
        this.method = method;
        this.trained = trained;
    }

    double[] free(PathParameters parameters) {
        double[] x = parameters.flat();
        x[0] = StrictMath.log(parameters.step());
        x[1] = !method.hasMomentum() ? 0 : StrictMath.log(method.keepsShare() ? parameters.friction() / (1 - parameters.friction()) : parameters.friction());
        for (int i = 0; i < parameters.increments().length; i++) {
            x[2 + i] = StrictMath.log(parameters.increments()[i]);
        }
        return x;
    }

    /** @param like for the sizes */
    PathParameters bound(double[] free, PathParameters like) {
        double[] flat = free.clone();
        flat[0] = StrictMath.exp(free[0]);
        flat[1] = !method.hasMomentum() ? like.friction() : method.keepsShare() ? 1 / (1 + StrictMath.exp(-free[1])) : StrictMath.exp(free[1]);
        for (int i = 0; i < like.increments().length; i++) {
            flat[2 + i] = StrictMath.exp(free[2 + i]);
        }
        return like.unflatten(flat);
    }

    /** The gradient in the parameters becomes that in the free vector. */
    void chain(PathParameters parameters, double[] gradient) {
        int increments = parameters.increments().length;
        double eta = parameters.friction();
        gradient[0] *= trained.contains(Trained.STEP) ? parameters.step() : 0;
        gradient[1] *= !method.hasMomentum() || !trained.contains(Trained.FRICTION) ? 0 : method.keepsShare() ? eta * (1 - eta) : eta;
        for (int i = 0; i < increments; i++) {
            gradient[2 + i] *= trained.contains(Trained.BRIDGES) ? parameters.increments()[i] : 0;
        }
        for (int k = 2 + increments; k < gradient.length; k++) {
            gradient[k] *= trained.contains(Trained.START) ? 1 : 0;
        }
    }
}
