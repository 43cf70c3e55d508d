package io.driftwood.inference.variational;

import java.util.Arrays;
import org.hipparchus.analysis.differentiation.Gradient;

/** One path to {@link BentTarget} in numbers that carry their derivatives in all parameters: the definition of the schemes once more, by automatic differentiation. */
final class DifferentiablePath {

    private static final int D = 2;
    private static final int EMBEDDED = 20;
    private static final int HIDDEN = 16;

    private final PathPlan plan;
    private final Method method;
    private final Layout layout;
    private final Gradient[] all;
    private final Gradient one;
    private final Gradient zero;
    private Gradient log;

    DifferentiablePath(PathPlan plan, PathParameters parameters) {
        this.plan = plan;
        this.method = plan.method();
        this.layout = parameters.layout;
        double[] flat = parameters.flat();
        this.all = new Gradient[flat.length];
        for (int k = 0; k < flat.length; k++) {
            all[k] = Gradient.variable(flat.length, k, flat[k]);
        }
        this.one = all[0].newInstance(1);
        this.zero = all[0].newInstance(0);
        this.log = zero;
    }

    private Gradient at(Section section, int index, double otherwise) {
        return layout.has(section) ? all[layout.offset(section) + index] : zero.add(otherwise);
    }

    /** @param noise z_1, rho_1, xi_1..xi_K, two numbers each */
    Gradient logWeight(double[][] noise) {
        boolean momentum = method.hasMomentum() && plan.bridges() > 0;
        Gradient[] z = new Gradient[D];
        Gradient[] rho = new Gradient[D];
        Gradient hot = method == Method.HVAE ? all[1].sqrt().reciprocal() : one;
        for (int j = 0; j < D; j++) {
            z[j] = at(Section.MEAN, j, 0).add(at(Section.LOG_SD, j, 0).exp().multiply(noise[0][j]));
            normal(-1, z[j].subtract(at(Section.MEAN, j, 0)), at(Section.LOG_SD, j, 0).multiply(2).exp());
            rho[j] = hot.multiply(noise[1][j]);
            if (momentum) {
                normal(-1, rho[j], hot.multiply(hot));
            }
        }
        int layer = 0;
        for (; plan.has(Extra.FLOW) && layer < 4; layer++) {
            couple(layer, z);
        }
        for (int k = 0; k < plan.bridges(); k++) {
            if (method == Method.SNF) {
                couple(layer++, z);
            }
            move(z, rho, k, noise[2 + k]);
        }
        Gradient[] x = coloured(z);
        Gradient r = ridge(x);
        log = log.add(x[0].pow(4).divide(-4)).subtract(r.multiply(r).divide(2)).add(lower(0, 0).log()).add(lower(1, 1).log());
        for (int j = 0; momentum && j < D; j++) {
            Gradient centre = at(Section.LAST_MOMENTUM, j, 0).add(at(Section.LAST_MOMENTUM, D + j, 0).multiply(z[j]));
            normal(1, rho[j].subtract(centre), at(Section.LAST_MOMENTUM, 2 * D + j, 0).multiply(2).exp());
        }
        return log;
    }

    private Gradient beta(int k) {
        int n = method.bridging.increments(plan.bridges());
        if (method.bridging == Bridging.NONE) {
            return one;
        }
        double where = (k + 1.0) * n / (method.bridging == Bridging.INSIDE ? plan.bridges() + 1 : plan.bridges());
        Gradient total = zero;
        Gradient below = zero;
        for (int i = 0; i < n; i++) {
            total = total.add(all[2 + i]);
            below = below.add(all[2 + i].multiply(Math.max(0, Math.min(1, where - i))));
        }
        return below.divide(total);
    }

    private void move(Gradient[] z, Gradient[] rho, int k, double[] xi) {
        Gradient[] steps = new Gradient[D];
        for (int j = 0; j < D; j++) {
            steps[j] = all[0].multiply(at(Section.MASS, j, 1)).multiply(at(Section.PACE, k, 1));
        }
        switch (method) {
            case ULA, MCD, SNF, CMCD -> overdamped(z, k, steps, xi);
            case UHA_EM, LDVI_EM -> eulerMaruyama(z, rho, k, steps, xi);
            case DAIS -> driftKickDrift(z, rho, k, steps, xi);
            case HVI -> leapfrog(z, rho, k, steps);
            case HVAE -> {
                leapfrog(z, rho, k, steps);
                Gradient cooling = root(k).divide(root(k + 1));
                for (int j = 0; j < D; j++) {
                    rho[j] = rho[j].multiply(cooling);
                    log = log.add(cooling.log());
                }
            }
            default -> {
                refresh(z, rho, k, xi);
                leapfrog(z, rho, k, steps);
            }
        }
    }

    /** sqrt(beta_k) of Hamiltonian importance sampling. */
    private Gradient root(int k) {
        Gradient s = all[1].sqrt().reciprocal();
        double share = Math.pow((double) k / plan.bridges(), 2);
        return one.subtract(s).multiply(share).add(s).reciprocal();
    }

    private void overdamped(Gradient[] z, int k, Gradient[] steps, double[] xi) {
        Gradient[] s = score(z, k);
        Gradient[] before = z.clone();
        for (int j = 0; j < D; j++) {
            Gradient mean = before[j].add(steps[j].multiply(s[j]));
            z[j] = mean.add(steps[j].multiply(2).sqrt().multiply(xi[j]));
            normal(-1, z[j].subtract(mean), steps[j].multiply(2));
        }
        Gradient[] back = score(z, k, plan.has(Extra.CONTROLLED) ? -1 : 1);
        Gradient[] learned = guide(z, new Gradient[0], back, k);
        for (int j = 0; j < D; j++) {
            normal(1, before[j].subtract(z[j]).subtract(steps[j].multiply(back[j].add(learned[j]))), steps[j].multiply(2));
        }
    }

    private void eulerMaruyama(Gradient[] z, Gradient[] rho, int k, Gradient[] steps, double[] xi) {
        Gradient h = all[0].multiply(all[1]);
        Gradient[] s = score(z, k);
        Gradient[] old = rho.clone();
        for (int j = 0; j < D; j++) {
            Gradient mean = one.subtract(h).multiply(old[j]).add(steps[j].multiply(s[j]));
            rho[j] = mean.add(h.multiply(2).sqrt().multiply(xi[j]));
            normal(-1, rho[j].subtract(mean), h.multiply(2));
        }
        Gradient[] learned = guide(z, rho, s, k);
        for (int j = 0; j < D; j++) {
            Gradient mean = one.subtract(h).multiply(rho[j]).subtract(steps[j].multiply(s[j])).add(h.multiply(2).multiply(learned[j]));
            normal(1, old[j].subtract(mean), h.multiply(2));
            z[j] = z[j].add(steps[j].multiply(rho[j]));
        }
    }

    private void driftKickDrift(Gradient[] z, Gradient[] rho, int k, Gradient[] steps, double[] xi) {
        refresh(z, rho, k, xi);
        for (int j = 0; j < D; j++) {
            z[j] = z[j].add(steps[j].multiply(rho[j]).divide(2));
        }
        Gradient[] s = score(z, k);
        for (int j = 0; j < D; j++) {
            rho[j] = rho[j].add(steps[j].multiply(s[j]));
            z[j] = z[j].add(steps[j].multiply(rho[j]).divide(2));
        }
    }

    private void leapfrog(Gradient[] z, Gradient[] rho, int k, Gradient[] steps) {
        Gradient[] s = score(z, k);
        for (int j = 0; j < D; j++) {
            rho[j] = rho[j].add(steps[j].multiply(s[j]).divide(2));
            z[j] = z[j].add(steps[j].multiply(rho[j]));
        }
        Gradient[] after = score(z, k);
        for (int j = 0; j < D; j++) {
            rho[j] = rho[j].add(steps[j].multiply(after[j]).divide(2));
        }
    }

    private void refresh(Gradient[] z, Gradient[] rho, int k, double[] xi) {
        Gradient h = all[0].multiply(all[1]);
        Gradient decay = h.negate().exp();
        Gradient lost = one.subtract(decay.multiply(decay));
        boolean share = method == Method.UHA || method == Method.DAIS;
        Gradient kept = share ? all[1] : method == Method.LDVI ? one.subtract(h) : decay;
        Gradient variance = share ? one.subtract(all[1].multiply(all[1])) : method == Method.LDVI ? h.multiply(2) : lost;
        Gradient keptBack = method == Method.LDVI_MIXED ? one.subtract(h) : kept;
        Gradient varianceBack = method == Method.LDVI_MIXED ? h.multiply(2) : variance;
        Gradient[] old = rho.clone();
        for (int j = 0; j < D; j++) {
            rho[j] = kept.multiply(old[j]).add(variance.sqrt().multiply(xi[j]));
            normal(-1, rho[j].subtract(kept.multiply(old[j])), variance);
        }
        Gradient[] learned = guide(z, rho, method == Method.DAIS ? z : score(z, k), k);
        for (int j = 0; j < D; j++) {
            Gradient mean = keptBack.multiply(rho[j]).add(one.subtract(keptBack).multiply(2).multiply(learned[j]));
            normal(1, old[j].subtract(mean), varianceBack);
        }
    }

    private Gradient[] score(Gradient[] z, int k) { return score(z, k, 1); }

    private Gradient[] score(Gradient[] z, int k, double sign) {
        Gradient beta = beta(k);
        Gradient[] x = coloured(z);
        Gradient r = ridge(x);
        Gradient[] target = {x[0].multiply(r).subtract(x[0].pow(3)), r.negate()};
        Gradient[] white = {lower(0, 0).multiply(target[0]).add(lower(1, 0).multiply(target[1])), lower(1, 1).multiply(target[1])};
        Gradient[] out = new Gradient[D];
        for (int j = 0; j < D; j++) {
            Gradient mean = at(Section.MEAN, j, 0).add(beta.multiply(at(Section.SHIFT, j, 0)));
            Gradient logSd = at(Section.LOG_SD, j, 0).add(beta.multiply(at(Section.STRETCH, j, 0)));
            out[j] = beta.multiply(white[j]).add(one.subtract(beta).multiply(mean.subtract(z[j]).divide(logSd.multiply(2).exp())));
        }
        if (plan.has(Extra.LEARNED_BRIDGES)) {
            Gradient[] learned = network(Section.CONTROL, z, k);
            out[0] = out[0].add(learned[0].multiply(sign));
            out[1] = out[1].add(learned[1].multiply(sign));
        } else if (plan.has(Extra.AFFINE_BRIDGES)) {
            for (int j = 0; j < D; j++) {
                int w = layout.offset(Section.CONTROL) + 4 * (k * D + j);
                out[j] = out[j].add(all[w + 1].multiply(out[j]).add(all[w + 2].multiply(z[j])).add(all[w + 3]).multiply(sign));
            }
        }
        return out;
    }

    /** m + L z. */
    private Gradient[] coloured(Gradient[] z) {
        return new Gradient[] {at(Section.FRAME_MEAN, 0, 0).add(lower(0, 0).multiply(z[0])),
                at(Section.FRAME_MEAN, 1, 0).add(lower(1, 0).multiply(z[0])).add(lower(1, 1).multiply(z[1]))};
    }

    private Gradient lower(int r, int c) { return at(Section.FRAME_LOWER, r * (r + 1) / 2 + c, r == c ? 1 : 0); }

    private Gradient[] guide(Gradient[] z, Gradient[] rho, Gradient[] s, int k) {
        Gradient[] out = {zero, zero};
        if (plan.has(Extra.AFFINE)) {
            for (int j = 0; j < D; j++) {
                int w = layout.offset(Section.GUIDE) + 4 * (k * D + j);
                out[j] = all[w + 1].multiply(s[j]).add(all[w + 2].multiply(z[j])).add(all[w + 3]);
                out[j] = rho.length > 0 ? out[j].add(all[w].multiply(rho[j])) : out[j];
            }
        } else if (plan.has(Extra.NETWORK)) {
            Gradient[] both = Arrays.copyOf(z, D + rho.length);
            System.arraycopy(rho, 0, both, D, rho.length);
            return network(Section.GUIDE, both, k);
        }
        return out;
    }

    private Gradient[] network(Section section, Gradient[] inputs, int k) {
        int width = inputs.length + EMBEDDED;
        int from = layout.offset(section);
        int end = from + layout.length(section);
        Gradient[] x = Arrays.copyOf(inputs, width);
        for (int e = 0; e < EMBEDDED; e++) {
            x[inputs.length + e] = all[end - 1 - EMBEDDED * (plan.bridges() - k) + e];
        }
        Gradient[] h = x;
        for (int layer = 0; layer < 2; layer++) {
            Gradient[] a = dense(from + layer * width * (width + 1), width, h);
            Gradient[] next = new Gradient[width];
            for (int r = 0; r < width; r++) {
                next[r] = h[r].add(a[r].exp().add(1).log());
            }
            h = next;
        }
        Gradient[] out = dense(from + 2 * width * (width + 1), D, h);
        return new Gradient[] {out[0].multiply(all[end - 1]), out[1].multiply(all[end - 1])};
    }

    private Gradient[] dense(int from, int outputs, Gradient[] x) {
        Gradient[] out = new Gradient[outputs];
        for (int r = 0; r < outputs; r++) {
            out[r] = all[from + outputs * x.length + r];
            for (int c = 0; c < x.length; c++) {
                out[r] = out[r].add(all[from + r * x.length + c].multiply(x[c]));
            }
        }
        return out;
    }

    private void couple(int layer, Gradient[] z) {
        int stays = layer % 2;
        int at = layout.offset(Section.FLOW) + layer * (2 * HIDDEN + 2 * (HIDDEN + 1));
        Gradient[] h = dense(at, HIDDEN, new Gradient[] {z[stays]});
        for (int r = 0; r < HIDDEN; r++) {
            h[r] = h[r].tanh();
        }
        Gradient[] both = dense(at + 2 * HIDDEN, 2, h);
        Gradient s = both[0].divide(2).tanh().multiply(2);
        z[1 - stays] = z[1 - stays].multiply(s.exp()).add(both[1]);
        log = log.add(s);
    }

    private static Gradient ridge(Gradient[] x) { return x[1].subtract(x[0].multiply(x[0]).divide(2)); }

    /** Adds sign * log N(a | 0, variance). */
    private void normal(double sign, Gradient a, Gradient variance) {
        Gradient density = a.multiply(a).divide(variance).add(variance.multiply(2 * Math.PI).log());
        log = log.add(density.multiply(-sign / 2));
    }
}
