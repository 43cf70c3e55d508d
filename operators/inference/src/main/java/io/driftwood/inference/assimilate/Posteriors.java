package io.driftwood.inference.assimilate;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.ConjugateModel;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.summary.Summariser;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.Optional;

/** Builds the recursion that a configuration asks for. */
public final class Posteriors {

    private Posteriors() {}

    /**
     * @param sampler settings of {@link SamplerOptions#OPTIONS}
     * @param history a history policy; empty for the best one: sufficient statistics where the model is conjugate, full otherwise
     */
    public static SequentialPosterior build(Model model, Settings sampler, Optional<History> history, SummaryOptions summary) {
        Summariser summariser = new Summariser(model, summary);
        History chosen = history.orElseGet(() -> model instanceof ConjugateModel ? new SufficientStatistics() : new FullHistory());
        int particles = sampler.count("particles");
        long seed = sampler.integer("seed");
        if (chosen instanceof SufficientStatistics) {
            if (model instanceof ConjugateModel conjugate) {
                return new ExactPosterior(conjugate, summariser, particles, seed);
            }
            throw new ConfigurationException(Problem.at("history", "sufficient-statistics",
                    "sufficient statistics exist for conjugate models only; for this model take full, sliding-window or discount"));
        }
        Annealer tempering = annealer(sampler);
        Assimilation assimilation = Assimilations.CATALOGUE.build(sampler.struct("assimilation"));
        Annealer assimilating = tempering.with(assimilation.temperatures(sampler.number("conditional-ess")), assimilation.leap());
        return new ParticlePosterior(model, chosen, tempering, assimilating, summariser, particles, seed);
    }

    private static Annealer annealer(Settings sampler) {
        Transition transition = Transitions.CATALOGUE.build(sampler.struct("transition"));
        if (transition.domain() != Domain.REAL) {
            throw sampler.problem("transition", "moves on a finite set, and the parameters of a model are real numbers; take one that moves on real numbers, such as hmc");
        }
        Rejuvenation rejuvenation = Rejuvenations.CATALOGUE.build(sampler.struct("rejuvenate"))
                .with(Resamplers.CATALOGUE.build(sampler.struct("resampler")));
        return new Annealer(new Tempering(sampler.number("conditional-ess")), sampler.number("ess-threshold"), rejuvenation,
                new Mover(transition, sampler.text("mass").equals("dense"), sampler.flag("control-variates")));
    }
}
