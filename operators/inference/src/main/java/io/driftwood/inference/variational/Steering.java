package io.driftwood.inference.variational;

/** What the parameters of a run come to: the start, the steps on the bridges, the law of the last momentum, and the weights of all that is learned. */
final class Steering {

    final PathParameters parameters;
    final Start start;
    final Schedule schedule;
    final LastMomentum last;
    private final PathPlan plan;

    Steering(PathPlan plan, PathParameters parameters) {
        this.plan = plan;
        this.parameters = parameters;
        this.start = new Start(parameters);
        this.schedule = new Schedule(plan, parameters);
        boolean learned = parameters.layout.has(Section.LAST_MOMENTUM);
        this.last = new LastMomentum(plan.dimension(), learned ? parameters.section(Section.LAST_MOMENTUM) : null);
    }

    /** Puts on the leg what is the same for all its steps. */
    void load(Leg leg) {
        leg.refresh = plan.method().refresh.at(parameters.step(), parameters.friction());
        leg.draws = plan.method().refresh.draws();
        if (plan.bridges() > 0) {
            leg.index = 0;
            leg.beta = schedule.betas[0];
            schedule.place(leg);
            start.place(leg);
        }
        double[] raw = parameters.raw();
        Layout layout = parameters.layout;
        if (leg.guide != null) {
            leg.guide.load(raw, layout.offset(Section.GUIDE));
        }
        if (leg.control != null) {
            leg.control.load(raw, layout.offset(Section.CONTROL));
        }
        if (layout.has(Section.FLOW)) {
            leg.flow.load(raw, layout.offset(Section.FLOW));
        }
        if (leg.frame != null) {
            leg.frame.load(raw, layout.offset(Section.FRAME_MEAN), layout.offset(Section.FRAME_LOWER));
        }
    }

    /** Puts on the leg what belongs to bridge k alone. */
    void place(Leg leg, int k) {
        leg.index = k;
        leg.beta = schedule.betas[k];
        if (schedule.paced()) {
            schedule.place(leg);
        }
        if (start.moving()) {
            start.place(leg);
        }
    }
}
