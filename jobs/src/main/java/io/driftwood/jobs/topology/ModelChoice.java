package io.driftwood.jobs.topology;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** The model that a configuration names: an entry of the catalogue, or a user's class on the class path. */
public final class ModelChoice {

    private ModelChoice() {}

    public static Model build(Settings settings) {
        try {
            return Models.CATALOGUE.find(settings.type()).isPresent() ? Models.CATALOGUE.build(settings) : ofClass(settings);
        } catch (IllegalArgumentException e) {
            throw settings.problem("type", "cannot be built: " + e.getMessage());
        }
    }

    /** A public class that is a {@link Model}, with a public constructor that takes its {@link Settings}, or nothing. */
    private static Model ofClass(Settings settings) {
        try {
            Class<?> named = Class.forName(settings.type(), true, Thread.currentThread().getContextClassLoader());
            if (!Model.class.isAssignableFrom(named)) {
                throw settings.problem("type", "is a class on the class path, but no " + Model.class.getName());
            }
            for (Constructor<?> constructor : named.getConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Settings.class) {
                    return (Model) constructor.newInstance(settings);
                }
            }
            return (Model) named.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw settings.problem("type", "is not on the class path; put its jar there, or take one of "
                    + String.join(", ", Models.CATALOGUE.names()));
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
}
