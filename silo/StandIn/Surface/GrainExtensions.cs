using Orleans.Runtime;
using SnpLive.StandIn;

namespace Orleans;

public static class GrainExtensions
{
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        Grain inside => inside.Activation.GrainId,
        _ when (object)grain is GrainReference reference => reference.Id,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference.", nameof(grain)),
    };

    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        Grain inside => (TGrainInterface)inside.Activation.ReferenceAs(typeof(TGrainInterface)),
        TGrainInterface reference when (object)grain is GrainReference => reference,
        _ => throw new ArgumentException($"{grain.GetType()} cannot be referred to as {typeof(TGrainInterface)}.", nameof(grain)),
    };
}
