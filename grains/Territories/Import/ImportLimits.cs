namespace SnpLive.Grains.Territories.Import;

/// <summary>Bounds of a territory file (web/demo/README.md lists them).</summary>
internal static class ImportLimits
{
    internal const int FileBytes = 5 * 1024 * 1024;
    internal const int Depth = 16;
    internal const int ErrorsPerFile = 1000;

    internal const int Name = 120;
    internal const int Address = 200;
    internal const int Source = 300;
    internal const int Assumption = 500;
    internal const int ShortText = 60;

    internal const int Communes = 1000;
    internal const int Organizations = 1000;
    internal const int Places = 1000;
    internal const int Professionals = 3000;
    internal const int Agendas = 3000;
    internal const int Templates = 30;
    internal const int Times = 288;
    internal const int Grants = 200;
    internal const int ExpandedGrants = 2000;
    internal const int Assumptions = 100;
    internal const int ClosedDays = 200;
    internal const int Groups = 50;
    internal const int ShortList = 40;
    internal const int DaytimeRanges = 4;
    internal const int CallFlows = 20;
    internal const int CallLevels = 10;
    internal const int CallProtocols = 100;
}
