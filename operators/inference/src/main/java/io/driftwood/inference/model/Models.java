package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** The built-in models. */
public final class Models {

    public static final Catalogue<Model> CATALOGUE = Catalogue.of("model",
            Entry.of("glm", "Generalised linear model: a response explained by features.", GlmOptions::build, GlmOptions.ALL),
            Entry.of("normal-known-variance", "Normal observations of known sd about an unknown mean; exact posterior.",
                    NormalKnownVariance::build, NormalKnownVariance.OPTIONS),
            Entry.of("normal", "Normal observations of unknown mean and variance; exact posterior.",
                    NormalUnknownVariance::build, NormalUnknownVariance.OPTIONS),
            Entry.of("oring", "O-ring failure by temperature, with the proper prior or the lecture's improper one.",
                    Oring::build, Oring.OPTIONS),
            Entry.of("random-effects", "Random-effect logistic regression of grouped counts on two covariates and their interaction.",
                    RandomEffects::build, RandomEffects.OPTIONS));

    private Models() {}

    /**
     * The model that settings name: an entry of the catalogue, or a public class on the class path that is a {@link Model} or a {@link ParticleModel},
     * with a public constructor that takes {@link Settings}, or nothing.
     *
     * @throws ConfigurationException when there is no such model or it cannot be built
     */
    public static Model build(Settings settings) {
        try {
            return CATALOGUE.find(settings.type()).isPresent() ? CATALOGUE.build(settings) : ofClass(settings);
        } catch (IllegalArgumentException e) {
            throw settings.problem("type", "cannot be built: " + e.getMessage());
        }
    }

    private static Model ofClass(Settings settings) {
        try {
            Class<?> named = Class.forName(settings.type(), true, Thread.currentThread().getContextClassLoader());
            if (Model.class.isAssignableFrom(named)) {
                return (Model) instance(named, settings);
            }
            if (ParticleModel.class.isAssignableFrom(named)) {
                return new PerParticle((ParticleModel) instance(named, settings));
            }
            throw settings.problem("type", "is a class on the class path, but neither a " + Model.class.getName() + " nor a "
                    + ParticleModel.class.getName());
        } catch (ClassNotFoundException e) {
            throw settings.problem("type", "is not on the class path; put its jar there, or take one of "
                    + String.join(", ", CATALOGUE.names()));
        } catch (NoSuchMethodException e) {
            throw settings.problem("type", "needs a public constructor that takes Settings, or nothing");
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ConfigurationException known) {
                throw known;
            }
            throw settings.problem("type", "cannot be built: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw settings.problem("type", "cannot be built: " + e);
        }
    }

    private static Object instance(Class<?> named, Settings settings) throws ReflectiveOperationException {
        for (Constructor<?> constructor : named.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Settings.class) {
                return constructor.newInstance(settings);
            }
        }
        return named.getConstructor().newInstance();
    }
}
