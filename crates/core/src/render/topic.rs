//! What the lines of files are about: what their explanations are found by.

/// What a line is about. Small, as every line has one; [`explain`](mod@crate::explain) has
/// the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Topic {
    /// Nothing: the line is empty.
    #[default]
    Nothing,
    /// A line of a configuration file.
    Config(ConfigTopic),
    /// A line of a script that calls no tool.
    Script(ScriptTopic),
    /// A command, wherever it stands.
    Command(CommandTopic),
    /// A line of a text to read.
    Guide(GuideTopic),
    /// A line that only other formats have.
    Extra(ExtraTopic),
}

/// Defines topics, and the list of all of them.
macro_rules! topics {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $topic:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $topic,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$topic,)*];
        }
    };
}

topics! {
    /// The lines of a configuration file.
    ConfigTopic {
        /// The comment at the top.
        Title,
        /// `clusterMetadata`.
        Section,
        /// `enableGlobalNamespace`.
        GlobalNamespace,
        /// `failoverVersionIncrement`.
        Increment,
        /// `masterClusterName`.
        Master,
        /// `currentClusterName`.
        CurrentCluster,
        /// `clusterInformation`.
        Information,
        /// The name of a cluster in `clusterInformation`.
        Member,
        /// `enabled`.
        Enabled,
        /// `initialFailoverVersion`.
        InitialVersion,
        /// `rpcAddress`.
        RpcAddress,
        /// `httpAddress`.
        HttpAddress,
        /// `dcRedirectionPolicy`.
        Redirection,
        /// `policy` of `dcRedirectionPolicy`.
        RedirectionPolicy,
        /// `global.tls.remoteClusters`.
        RemoteTls,
        /// The host of another cluster in `remoteClusters`.
        RemoteHost,
        /// `client.serverName` of it.
        RemoteServerName,
        /// `client.rootCaFiles` or `client.forceTLS` of it.
        RemoteTrust,
        /// `server` of it.
        RemoteIdentity,
    }
}

topics! {
    /// The pieces of scripts.
    ScriptTopic {
        /// `#!/bin/sh`.
        Interpreter,
        /// What the script does.
        Title,
        /// What it refuses, and what it asks.
        Remark,
        /// That it can be run again, and from where.
        RunAgain,
        /// For which release and with which tool.
        MadeFor,
        /// How the tool is given certificates.
        Credentials,
        /// `set -eu`.
        Options,
        /// The increment that every cluster is compared with.
        Increment,
        /// The table of the clusters.
        Clusters,
        /// A row of it.
        Cluster,
        /// Where the tool of a cluster runs.
        Place,
        /// A remark for the program that checks scripts.
        ShellCheck,
        /// The table of addresses as others see them, and its rows.
        Seen,
        /// The use of it.
        AsSeen,
        /// The table of the clusters that leave.
        Leaving,
        /// A row of it.
        LeavingCluster,
        /// The table of the connections to make.
        Connections,
        /// A row of it.
        Connection,
        /// The function that calls the tool.
        Ask,
        /// The end over an error.
        Fail,
        /// Every cluster with every other one.
        Pairs,
        /// Every connection of a table.
        EachOf,
        /// Every cluster that stays with every one that leaves.
        EachLeavingPair,
        /// A text as it stands in the answers of the tool.
        Json,
        /// The keys in the answers of the tool.
        Keys,
        /// Which numbers of shards go together.
        Shards,
        /// What is said of a cluster that does not answer.
        NoAnswer,
        /// Whether a cluster is the one that was planned.
        Check,
        /// The same for all, before anything is changed.
        CheckAll,
        /// The call of it.
        CheckNow,
        /// The same for a cluster that leaves, and may be lost.
        CheckLeaving,
        /// What a script is called with.
        CallOptions,
        /// The question whether to go on.
        Confirm,
        /// Whether a connection can be used.
        Usable,
        /// The wait until it can.
        Wait,
        /// What a cluster has stored of another one.
        Stored,
        /// Whether it has stored anything.
        Known,
        /// What keeps a connection from being used, in words.
        State,
        /// Making one connection.
        Connect,
        /// Making all of them.
        ConnectAll,
        /// Making those of the table.
        ConnectListed,
        /// Waiting for all of them.
        WaitForAll,
        /// A row of the comparison, and the call for all rows.
        Verify,
        /// Clusters that are connected and not planned.
        Unplanned,
        /// The result of the comparison.
        Verdict,
        /// Turning connections off.
        Disable,
        /// Reading back that they are off.
        DisableReadBack,
        /// The namespaces that are in more than one cluster.
        SharedNamespaces,
        /// The refusal while there are any.
        LookForNamespaces,
        /// The refusal while any is in a cluster that leaves.
        LookForUsers,
        /// The namespaces that are active in no cluster that stays.
        OwnNamespaces,
        /// How they are kept.
        Keep,
        /// The refusal while there are any.
        LookForOwn,
        /// Removing one connection.
        Remove,
        /// Removing one in a cluster that leaves.
        RemoveThere,
        /// Removing all of them.
        RemoveAll,
        /// The question before clusters are taken out.
        TakeOutConfirm,
        /// Taking them out.
        TakeOut,
        /// That the servers must be restarted.
        Restart,
        /// When the servers have read the change.
        WithinAMinute,
        /// That removed connections are not made again at once.
        NotAtOnce,
    }
}

topics! {
    /// The commands of the tools, calls of our scripts, and the comments between bare commands.
    CommandTopic {
        /// Asks a frontend whether it serves.
        Health,
        /// Connects a cluster to another one.
        Connect,
        /// Turns a connection off.
        Disable,
        /// Removes a connection.
        Remove,
        /// Lists the clusters that a cluster knows.
        List,
        /// Describes a cluster.
        Describe,
        /// Describes what a cluster has stored of another one.
        DescribeOther,
        /// Lists namespaces.
        ListNamespaces,
        /// Asks for a namespace that must be refused.
        Probe,
        /// Registers a global namespace.
        CreateNamespace,
        /// Makes another cluster the active one.
        FailOver,
        /// Sets the clusters of a namespace.
        SetNamespaceClusters,
        /// Makes a namespace global.
        Promote,
        /// Hands a namespace over.
        HandOver,
        /// Sends what another cluster has not got.
        BackFill,
        /// Calls a hand-over off.
        Cancel,
        /// Runs `connect.sh`.
        RunConnect,
        /// Runs `verify.sh`.
        RunVerify,
        /// Runs `disable.sh`.
        RunDisable,
        /// Runs `remove.sh`.
        RunRemove,
        /// Runs `change.sh`.
        RunChange,
        /// What `commands.txt` is.
        ListIntroduction,
        /// Above the commands that ask for health.
        ListHealth,
        /// Above those that connect.
        ListConnect,
        /// What must happen after connecting.
        ListAfterConnecting,
        /// Above those that show what is connected.
        ListLook,
        /// Above those that disable.
        ListDisable,
        /// Above those that remove.
        ListRemove,
    }
}

topics! {
    /// The chapters of the texts to read.
    GuideTopic {
        /// The top of the runbook.
        Introduction,
        /// The clusters of the runbook.
        Clusters,
        /// How to read and to run what follows.
        HowToRead,
        /// Before you begin.
        Before,
        /// Put each file in place.
        PutFiles,
        /// Start the servers.
        Start,
        /// Connect the clusters.
        Connect,
        /// Nothing to connect.
        NothingToConnect,
        /// Look at what runs.
        LookAtRunning,
        /// Which running clusters need their files.
        FilesOfRunning,
        /// Start new servers beside those that run.
        StartBeside,
        /// Connect clusters of which some run.
        ConnectRunning,
        /// Back to what ran before.
        BackToBefore,
        /// Create a global namespace.
        CreateNamespace,
        /// Take in a namespace that exists.
        TakeIn,
        /// The same where none can become global.
        TakeInByRegistering,
        /// Run workers in every cluster.
        Workers,
        /// Send requests to a standby.
        RequestsAtStandby,
        /// Hand a namespace over.
        HandOver,
        /// Change the active cluster where nothing is handed over.
        FailOverByHand,
        /// Fail over, forced.
        FailOver,
        /// Back-fill.
        BackFill,
        /// Add a cluster later.
        AddCluster,
        /// Take one cluster out.
        TakeOutOne,
        /// Take it apart.
        TakeApart,
        /// Change or take out clusters by their files.
        ChangeFiles,
        /// What can never change.
        NeverChanges,
        /// What is not replicated.
        NotReplicated,
        /// Where this differs from the official guide.
        UnlikeTheGuide,
        /// The top of a change.
        Change,
        /// That nothing is to be changed.
        NothingToChange,
        /// What cannot be had.
        Impossible,
        /// What becomes of the files.
        Files,
        /// How a file differs from the one that runs.
        FileDiff,
        /// What becomes of the connections.
        Connections,
        /// What was taken for granted.
        Assumptions,
        /// Before a change is begun.
        BeforeChange,
        /// Put the changed files in place.
        PlaceFiles,
        /// Upgrade.
        Upgrade,
        /// Start or restart for a change.
        StartChanged,
        /// Connections that only files can change.
        ChangeByFile,
        /// Make the connections of a change.
        ConnectChanged,
        /// Restart after connecting.
        RestartChanged,
        /// Let the namespaces leave.
        LetNamespacesLeave,
        /// Take clusters out.
        TakeOut,
        /// Look at the result.
        LookAtResult,
    }
}

topics! {
    /// The sections of files in other formats.
    ExtraTopic {
        /// How the values are given to the chart.
        HelmUse,
        /// The keys that lead to the servers' configuration in the values.
        HelmPath,
        /// The number of history shards.
        Shards,
        /// How a server is started with the file.
        HowToStart,
        /// What the server writes to its log.
        Log,
        /// Where the server keeps its data.
        Persistence,
        /// How the servers of one cluster find each other.
        Membership,
        /// The ports of the services.
        Services,
        /// Where a server reaches its own frontend.
        PublicClient,
        /// Where the dynamic configuration is.
        DynamicConfig,
        /// The dynamic configuration in which nothing is set.
        NoSettings,
        /// What the lab is, and how it is used.
        Lab,
        /// Where a cluster of the lab is reached.
        LabAddress,
        /// The name of the lab, and the list of its containers.
        LabServices,
        /// The container of the database.
        LabDatabase,
        /// The container that makes the tables of a cluster.
        LabSchema,
        /// The container of a cluster.
        LabServer,
        /// The container that connects the clusters.
        LabConnect,
        /// The script that makes tables.
        SchemaScript,
        /// The script that waits for the clusters and has them connected.
        StartScript,
        /// How soon servers read a changed connection in the lab.
        LabRefresh,
    }
}

impl Topic {
    /// All of them but [`Topic::Nothing`].
    pub fn all() -> impl Iterator<Item = Self> {
        let config = ConfigTopic::ALL.iter().map(|&it| Self::Config(it));
        let script = ScriptTopic::ALL.iter().map(|&it| Self::Script(it));
        let command = CommandTopic::ALL.iter().map(|&it| Self::Command(it));
        let guide = GuideTopic::ALL.iter().map(|&it| Self::Guide(it));
        let extra = ExtraTopic::ALL.iter().map(|&it| Self::Extra(it));
        config
            .chain(script)
            .chain(command)
            .chain(guide)
            .chain(extra)
    }
}
