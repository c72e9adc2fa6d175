namespace Coop.Node.Features.Patronage;

/// <summary>Patronage and the distribution of surplus. Specified in specs/patronage.md.</summary>
public static class PatronageSetup
{
    public static void MapPatronage(this IEndpointRouteBuilder api)
    {
        ArgumentNullException.ThrowIfNull(api);
        var patronage = api.MapGroup("/patronage").WithTags("Patronage");
        RecordPatronage.Map(patronage);
        GetPatronage.Map(patronage);
        var surplus = api.MapGroup("/surplus").WithTags("Patronage");
        PreviewSurplus.Map(surplus);
        DistributeSurplus.Map(surplus);
        GetPatronage.MapDistributions(surplus);
    }
}
