package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.transition.Transitions;
import java.util.List;
import java.util.stream.Stream;

/** Every way to draw from a target that a configuration can name. */
public final class Samplers {

    public static final Catalogue<Sampler> CATALOGUE = new Catalogue<>("sampler", Stream.<Entry<Sampler>>of(
            Entry.of("chains", "Parallel Markov chains of any transition, tuned in a warm-up and then frozen. No evidence; far modes are not found.",
                    ChainSampler::new, array(ChainSampler.OPTIONS)),
            Entry.of("importance", "Independent draws of the reference, weighted. Evidence unbiased; for targets that the reference covers well.",
                    ImportanceSampler::new, array(ImportanceSampler.OPTIONS)),
            Entry.of("ais", "Annealed importance sampling: every particle walks alone from the reference to the target. Evidence unbiased.",
                    s -> new AnnealedImportance(s, Transitions.CATALOGUE.build(s.struct("transition"))),
                    array(with(AnnealingOptions.TRANSITION, AnnealedImportance.COMMON))),
            Entry.of("hais", "Hamiltonian annealed importance sampling: one leapfrog a temperature, with a momentum that lives on. Evidence unbiased.",
                    s -> new AnnealedImportance(s, AnnealedImportance.hamiltonian(s.number("refresh"))),
                    array(with(AnnealedImportance.REFRESH, AnnealedImportance.COMMON))),
            Entry.of("annealed-path", "Paths of Langevin steps without accept steps from a fitted normal, tuned by a variational bound and weighed against their way back. Evidence unbiased.",
                    AnnealedPath::new, array(AnnealedPath.OPTIONS)),
            Entry.of("smc", "Sequential Monte Carlo: a population is annealed from the reference to the target, resampled and moved. Evidence consistent, or unbiased on request.",
                    SmcSampler::new, array(SmcSampler.OPTIONS)),
            Entry.of("simulated-tempering", "Chains that move between the target and the reference, through levels of equal weight. Finds far modes; evidence consistent.",
                    SimulatedTempering::new, array(SimulatedTempering.OPTIONS)),
            Entry.of("replica-exchange", "A chain at every level between the reference and the target; neighbours swap states. Finds far modes; evidence consistent.",
                    ReplicaExchange::new, array(ReplicaExchange.OPTIONS)),
            Entry.of("log-concave-coupling", "Chains on x and an auxiliary variable that makes the laws of both log-concave where it can. No evidence; reports whether it did.",
                    LogConcaveCoupling::new, array(LogConcaveCoupling.OPTIONS)),
            Entry.of("walk-jump", "Chains on the target seen through noise, which is smoother, with a jump back from where they stand. Finds far modes with enough noise; no evidence.",
                    WalkJumpSampler::new, array(WalkJumpSampler.OPTIONS)),
            Entry.of("joint-measurements", "One walk on several noisy measurements of x together, then x given them. No evidence; worse conditioned the more measurements.",
                    JointMeasurementsSampler::new, array(JointMeasurementsSampler.OPTIONS)),
            Entry.of("sequential-measurements", "Noisy measurements of x are drawn one after the other, each by a short walk, then x given them. Finds far modes; no evidence.",
                    SequentialMeasurementsSampler::new, array(SequentialMeasurementsSampler.OPTIONS)),
            Entry.of("diffusion", "A diffusion from the target into noise, run backwards. Finds far modes; no evidence; biased by its steps.",
                    DiffusionSampler::new, array(DiffusionSampler.OPTIONS)),
            Entry.of("localisation", "Stochastic localisation: an ever better measurement of x follows its own prediction. Finds far modes; no evidence; biased by its steps.",
                    LocalisationSampler::new, array(LocalisationSampler.OPTIONS)),
            Entry.of("joint-signs", "One discrete walk on noisy measurements of a pattern of signs together, then the pattern given them; with one of them, walk-jump sampling of signs.",
                    s -> new SignsSampler(s, true), array(SignsSampler.JOINT)),
            Entry.of("sequential-signs", "Noisy measurements of a pattern of signs are drawn one after the other by a discrete walk, then the pattern given them. Finds far patterns.",
                    s -> new SignsSampler(s, false), array(SignsSampler.SEQUENTIAL)))
            .<Entry<? extends Sampler>>map(SamplerEquations::with).toList());

    private Samplers() {}

    private static Option[] array(List<Option> options) { return options.toArray(Option[]::new); }

    private static List<Option> with(Option first, List<Option> others) { return Stream.concat(Stream.of(first), others.stream()).toList(); }
}
