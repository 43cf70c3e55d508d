package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;

/** The gradient in the parameters, gathered leg by leg on the way back along the paths. */
final class GradientSum {

    private final PathPlan plan;
    private final PathParameters parameters;
    private final Start start;
    private final Schedule schedule;
    private final Layout layout;
    private final double[] betaBar;
    final double[] gradient;

    /** @param gradient where it is gathered, 0 to begin with */
    GradientSum(PathPlan plan, Steering steering, double[] gradient) {
        this.plan = plan;
        this.parameters = steering.parameters;
        this.start = steering.start;
        this.schedule = steering.schedule;
        this.layout = parameters.layout;
        this.betaBar = new double[plan.bridges()];
        this.gradient = gradient;
    }

    /** Takes up what belongs to the leg's bridge alone; what is the same for all bridges goes on being gathered. */
    void addLeg(Leg leg, Cotangents bar) {
        betaBar[leg.index] += bar.takeBeta();
        if (schedule.paced()) {
            addSteps(leg, bar);
            bar.forgetSteps();
        }
        if (start.moving()) {
            betaBar[leg.index] += addNormal(leg, bar);
            bar.forgetNormal();
        }
    }

    private void addSteps(Leg leg, Cotangents bar) {
        for (int j = 0; j < leg.dimension; j++) {
            addStep(leg.index, j, bar.total(bar.kick, j), bar.total(bar.drift, j));
        }
    }

    /** Returns the gradient in the inverse temperature. */
    private double addNormal(Leg leg, Cotangents bar) {
        double beta = 0;
        for (int j = 0; j < leg.dimension; j++) {
            double logSdBar = -2 * leg.precision[j * leg.stride] * bar.total(bar.precision, j);
            beta += start.reverse(leg.beta, j, bar.total(bar.mean, j), logSdBar, gradient, layout);
        }
        return beta;
    }

    /** Cotangents of the steps of kick and drift of coordinate j on bridge k. */
    private void addStep(int k, int j, double kick, double drift) {
        double root = schedule.root(k);
        double common = kick * root + drift / root;
        gradient[0] += common * schedule.mass(j) * schedule.pace(k);
        if (layout.has(Section.MASS)) {
            gradient[layout.offset(Section.MASS) + j] += common * parameters.step() * schedule.pace(k);
        }
        if (layout.has(Section.PACE)) {
            gradient[layout.offset(Section.PACE) + k] += common * parameters.step() * schedule.mass(j);
        }
        if (plan.method().refresh == Refresh.COOLED) {
            gradient[1] += schedule.step(k, j) * (kick - drift / (root * root)) * plan.method().refresh.coolingDerivative(parameters.friction(), k, plan.bridges());
        }
    }

    /** What is the same for all bridges, and what is learned. */
    void finish(Leg leg, Cotangents bar) {
        if (plan.bridges() > 0) {
            addSteps(leg, bar);
            addNormal(leg, bar);
        }
        addFriction(leg, bar);
        double[] increments = plan.method().bridging.transpose(parameters.increments(), betaBar);
        LaneMath.get().axpy(1, increments, 0, gradient, layout.offset(Section.INCREMENTS), increments.length);
        if (leg.guide != null) {
            leg.guide.addGradient(gradient, layout.offset(Section.GUIDE));
        }
        if (leg.control != null) {
            leg.control.addGradient(gradient, layout.offset(Section.CONTROL));
        }
        if (layout.has(Section.FLOW)) {
            leg.flow.addGradient(gradient, layout.offset(Section.FLOW));
        }
        if (leg.frame != null) {
            leg.frame.addGradient(gradient, layout.offset(Section.FRAME_MEAN), layout.offset(Section.FRAME_LOWER));
        }
    }

    private void addFriction(Leg leg, Cotangents bar) {
        Refresh refresh = plan.method().refresh;
        if (!plan.method().hasMomentum() || !refresh.draws()) {
            return;
        }
        double terms = (double) plan.bridges() * leg.dimension;
        Refresh.Coefficients sums = new Refresh.Coefficients(bar.total(bar.keptForward), bar.total(bar.spreadForward) + terms / leg.refresh.spreadForward(),
                bar.total(bar.keptBackward), bar.total(bar.varianceBackward) - 0.5 * terms / leg.refresh.varianceBackward());
        double slope = refresh.derivative(parameters.step(), parameters.friction(), sums);
        if (refresh.isShare()) {
            gradient[1] += slope;
        } else {
            // h = gamma delta
            gradient[0] += parameters.friction() * slope;
            gradient[1] += parameters.step() * slope;
        }
    }
}
