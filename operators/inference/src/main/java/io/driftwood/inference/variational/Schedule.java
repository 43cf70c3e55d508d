package io.driftwood.inference.variational;

import java.util.Arrays;

/** Inverse temperatures and steps of a run: step_kj = step * (mass of j) * (pace of k); kicks have it times sqrt(beta) of cooling, drifts over it. */
final class Schedule {

    final double[] betas;
    private final double step;
    private final double[] mass;
    private final double[] pace;
    private final double[] roots;
    private final boolean paced;

    Schedule(PathPlan plan, PathParameters parameters) {
        this.betas = plan.method().bridging.temperatures(parameters.increments(), plan.bridges());
        this.step = parameters.step();
        this.mass = parameters.layout.has(Section.MASS) ? parameters.section(Section.MASS) : ones(plan.dimension());
        this.pace = parameters.layout.has(Section.PACE) ? parameters.section(Section.PACE) : ones(plan.bridges());
        this.paced = parameters.layout.has(Section.PACE) || plan.method().refresh == Refresh.COOLED;
        this.roots = new double[plan.bridges()];
        for (int k = 0; k < roots.length; k++) {
            roots[k] = plan.method().refresh.cooling(parameters.friction(), k, plan.bridges());
        }
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    double mass(int j) { return mass[j]; }

    double pace(int k) { return pace[k]; }

    double root(int k) { return roots[k]; }

    double step(int k, int j) { return step * mass[j] * pace[k]; }

    /** Whether steps differ from bridge to bridge. */
    boolean paced() { return paced; }

    void place(Leg leg) {
        for (int j = 0; j < leg.dimension; j++) {
            leg.fill(leg.kick, j, step(leg.index, j) * roots[leg.index]);
            leg.fill(leg.drift, j, step(leg.index, j) / roots[leg.index]);
        }
    }
}
