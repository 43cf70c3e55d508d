package io.driftwood.inference.variational;

import org.hipparchus.analysis.differentiation.Gradient;

/** One path to {@link BentTarget} in numbers that carry their derivatives in all parameters: the definition of the schemes once more, by automatic differentiation. */
final class DifferentiablePath {

    private final Method method;
    private final Gradient step;
    private final Gradient friction;
    private final Gradient[] betas;
    private final Gradient[] mean;
    private final Gradient[] logSd;
    private Gradient log;

    DifferentiablePath(Method method, PathParameters parameters, int bridges) {
        this.method = method;
        double[] flat = parameters.flat();
        Gradient[] all = new Gradient[flat.length];
        for (int k = 0; k < flat.length; k++) {
            all[k] = Gradient.variable(flat.length, k, flat[k]);
        }
        int increments = parameters.increments().length;
        this.step = all[0];
        this.friction = all[1];
        this.betas = new Gradient[bridges];
        for (int k = 1; k <= bridges; k++) {
            betas[k - 1] = interpolate(all, increments, k * (double) increments / (bridges + 1));
        }
        this.mean = new Gradient[] {all[2 + increments], all[3 + increments]};
        this.logSd = new Gradient[] {all[4 + increments], all[5 + increments]};
        this.log = step.newInstance(0);
    }

    private static Gradient interpolate(Gradient[] all, int increments, double at) {
        Gradient total = all[2];
        for (int i = 1; i < increments; i++) {
            total = total.add(all[2 + i]);
        }
        Gradient below = all[2].newInstance(0);
        int i = 0;
        for (; i + 1 <= at && i < increments; i++) {
            below = below.add(all[2 + i]);
        }
        return (i == increments ? below : below.add(all[2 + i].multiply(at - i))).divide(total);
    }

    /** @param noise z_1, rho_1, xi_1..xi_K, two numbers each */
    Gradient logWeight(double[][] noise) {
        boolean momentum = method.hasMomentum();
        Gradient[] z = new Gradient[2];
        Gradient[] rho = new Gradient[2];
        for (int j = 0; j < 2; j++) {
            z[j] = mean[j].add(logSd[j].exp().multiply(noise[0][j]));
            rho[j] = step.newInstance(noise[1][j]);
            normal(-1, z[j].subtract(mean[j]), logSd[j].multiply(2).exp());
            if (momentum) {
                normal(-1, rho[j], step.newInstance(1));
            }
        }
        for (int k = 0; k < betas.length; k++) {
            move(z, rho, betas[k], noise[2 + k]);
        }
        Gradient r = ridge(z);
        log = log.add(z[0].pow(4).divide(-4)).subtract(r.multiply(r).divide(2));
        for (int j = 0; momentum && j < 2; j++) {
            normal(1, rho[j], step.newInstance(1));
        }
        return log;
    }

    private void move(Gradient[] z, Gradient[] rho, Gradient beta, double[] xi) {
        Gradient h = friction.multiply(step);
        Gradient one = step.newInstance(1);
        Gradient decay = h.negate().exp();
        Gradient exactVariance = one.subtract(decay.multiply(decay));
        Gradient[] s = score(z, beta);
        Gradient[] before = z.clone();
        switch (method) {
            case ULA, MCD -> {
                Gradient variance = step.multiply(2);
                for (int j = 0; j < 2; j++) {
                    z[j] = before[j].add(step.multiply(s[j])).add(variance.sqrt().multiply(xi[j]));
                    normal(-1, z[j].subtract(before[j]).subtract(step.multiply(s[j])), variance);
                }
                Gradient[] back = score(z, beta);
                for (int j = 0; j < 2; j++) {
                    normal(1, before[j].subtract(z[j]).subtract(step.multiply(back[j])), variance);
                }
            }
            case UHA_EM, LDVI_EM -> {
                Gradient variance = h.multiply(2);
                for (int j = 0; j < 2; j++) {
                    Gradient old = rho[j];
                    Gradient force = step.multiply(s[j]);
                    rho[j] = one.subtract(h).multiply(old).add(force).add(variance.sqrt().multiply(xi[j]));
                    normal(-1, rho[j].subtract(one.subtract(h).multiply(old)).subtract(force), variance);
                    normal(1, old.subtract(one.subtract(h).multiply(rho[j])).add(force), variance);
                    z[j] = z[j].add(step.multiply(rho[j]));
                }
            }
            default -> {
                Gradient kept = method == Method.UHA ? friction : method == Method.LDVI ? one.subtract(h) : decay;
                Gradient variance = method == Method.UHA ? one.subtract(friction.multiply(friction)) : method == Method.LDVI ? h.multiply(2) : exactVariance;
                Gradient keptBack = method == Method.LDVI_MIXED ? one.subtract(h) : kept;
                Gradient varianceBack = method == Method.LDVI_MIXED ? h.multiply(2) : variance;
                for (int j = 0; j < 2; j++) {
                    Gradient old = rho[j];
                    Gradient refreshed = kept.multiply(old).add(variance.sqrt().multiply(xi[j]));
                    normal(-1, refreshed.subtract(kept.multiply(old)), variance);
                    normal(1, old.subtract(keptBack.multiply(refreshed)), varianceBack);
                    rho[j] = refreshed.add(step.multiply(s[j]).divide(2));
                    z[j] = z[j].add(step.multiply(rho[j]));
                }
                Gradient[] after = score(z, beta);
                for (int j = 0; j < 2; j++) {
                    rho[j] = rho[j].add(step.multiply(after[j]).divide(2));
                }
            }
        }
    }

    private Gradient[] score(Gradient[] z, Gradient beta) {
        Gradient r = ridge(z);
        Gradient[] target = {z[0].multiply(r).subtract(z[0].pow(3)), r.negate()};
        Gradient[] out = new Gradient[2];
        for (int j = 0; j < 2; j++) {
            Gradient pull = mean[j].subtract(z[j]).divide(logSd[j].multiply(2).exp());
            out[j] = beta.multiply(target[j]).add(beta.negate().add(1).multiply(pull));
        }
        return out;
    }

    private static Gradient ridge(Gradient[] z) { return z[1].subtract(z[0].multiply(z[0]).divide(2)); }

    /** Adds sign * log N(a | 0, variance). */
    private void normal(double sign, Gradient a, Gradient variance) {
        Gradient density = a.multiply(a).divide(variance).add(variance.multiply(2 * Math.PI).log());
        log = log.add(density.multiply(-sign / 2));
    }
}
