using Tracing.Analysis.Catalog;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>Decides how a run is judged.</summary>
internal static class RunContexts
{
    /// <summary>The user's word before the run's, the run's before the default; contradictions become warnings.</summary>
    /// <exception cref="CatalogException">The user names what there is not.</exception>
    public static RunContext Of(RunFacts facts, string? profileName, string? exemption, QueryCatalog catalog, List<string> warnings)
    {
        if (exemption is not null && !Profile.Exemptions.Contains(exemption, StringComparer.Ordinal))
            throw new CatalogException($"--exemption {exemption}: expected one of {string.Join(", ", Profile.Exemptions)}");
        if (facts.IsOfNewerSchema())
            warnings.Add($"the run's schema {Printable.Short(facts.SchemaVersion)} is newer than {RunFacts.CurrentSchema.ToString(2)}: names that this program does not know are kept and not judged");
        var recorded = catalog.FindProfile(facts.Profile);
        if (profileName is not null)
        {
            var chosen = catalog.FindProfile(profileName) ?? throw new CatalogException(
                $"--profile {profileName}: there is no such profile; known are {string.Join(", ", catalog.Profiles.Select(profile => profile.Name))}");
            if (facts.Profile != chosen.Name) warnings.Add($"the run was recorded for profile {Printable.Short(facts.Profile)}");
            return new RunContext(facts, chosen, exemption ?? chosen.Exemption);
        }

        var profile = recorded ?? catalog.FindProfile(Profile.DefaultName)
            ?? throw new CatalogException($"there is no profile '{Profile.DefaultName}'");
        if (recorded is null) warnings.Add($"the run names the profile {Printable.Short(facts.Profile)}, which is not known");
        return new RunContext(facts, profile, exemption ?? profile.Exemption);
    }
}
