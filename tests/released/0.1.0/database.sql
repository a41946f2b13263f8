BEGIN TRANSACTION;
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_historicalterm','Can add historical term');
INSERT INTO "auth_permission" VALUES(2,1,'change_historicalterm','Can change historical term');
INSERT INTO "auth_permission" VALUES(3,1,'delete_historicalterm','Can delete historical term');
INSERT INTO "auth_permission" VALUES(4,1,'view_historicalterm','Can view historical term');
INSERT INTO "auth_permission" VALUES(5,2,'add_term','Can add term');
INSERT INTO "auth_permission" VALUES(6,2,'change_term','Can change term');
INSERT INTO "auth_permission" VALUES(7,2,'delete_term','Can delete term');
INSERT INTO "auth_permission" VALUES(8,2,'view_term','Can view term');
INSERT INTO "auth_permission" VALUES(9,3,'add_historicalterm_see_also','Can add HistoricalTerm_see_also');
INSERT INTO "auth_permission" VALUES(10,3,'change_historicalterm_see_also','Can change HistoricalTerm_see_also');
INSERT INTO "auth_permission" VALUES(11,3,'delete_historicalterm_see_also','Can delete HistoricalTerm_see_also');
INSERT INTO "auth_permission" VALUES(12,3,'view_historicalterm_see_also','Can view HistoricalTerm_see_also');
INSERT INTO "auth_permission" VALUES(13,4,'add_benchmark','Can add benchmark');
INSERT INTO "auth_permission" VALUES(14,4,'change_benchmark','Can change benchmark');
INSERT INTO "auth_permission" VALUES(15,4,'delete_benchmark','Can delete benchmark');
INSERT INTO "auth_permission" VALUES(16,4,'view_benchmark','Can view benchmark');
INSERT INTO "auth_permission" VALUES(17,5,'add_historicalpaper','Can add historical paper');
INSERT INTO "auth_permission" VALUES(18,5,'change_historicalpaper','Can change historical paper');
INSERT INTO "auth_permission" VALUES(19,5,'delete_historicalpaper','Can delete historical paper');
INSERT INTO "auth_permission" VALUES(20,5,'view_historicalpaper','Can view historical paper');
INSERT INTO "auth_permission" VALUES(21,6,'add_historicalsource','Can add historical source');
INSERT INTO "auth_permission" VALUES(22,6,'change_historicalsource','Can change historical source');
INSERT INTO "auth_permission" VALUES(23,6,'delete_historicalsource','Can delete historical source');
INSERT INTO "auth_permission" VALUES(24,6,'view_historicalsource','Can view historical source');
INSERT INTO "auth_permission" VALUES(25,7,'add_organization','Can add organization');
INSERT INTO "auth_permission" VALUES(26,7,'change_organization','Can change organization');
INSERT INTO "auth_permission" VALUES(27,7,'delete_organization','Can delete organization');
INSERT INTO "auth_permission" VALUES(28,7,'view_organization','Can view organization');
INSERT INTO "auth_permission" VALUES(29,8,'add_historicalorganization','Can add historical organization');
INSERT INTO "auth_permission" VALUES(30,8,'change_historicalorganization','Can change historical organization');
INSERT INTO "auth_permission" VALUES(31,8,'delete_historicalorganization','Can delete historical organization');
INSERT INTO "auth_permission" VALUES(32,8,'view_historicalorganization','Can view historical organization');
INSERT INTO "auth_permission" VALUES(33,9,'add_paper','Can add paper');
INSERT INTO "auth_permission" VALUES(34,9,'change_paper','Can change paper');
INSERT INTO "auth_permission" VALUES(35,9,'delete_paper','Can delete paper');
INSERT INTO "auth_permission" VALUES(36,9,'view_paper','Can view paper');
INSERT INTO "auth_permission" VALUES(37,10,'add_historicalpaper_organizations','Can add HistoricalPaper_organizations');
INSERT INTO "auth_permission" VALUES(38,10,'change_historicalpaper_organizations','Can change HistoricalPaper_organizations');
INSERT INTO "auth_permission" VALUES(39,10,'delete_historicalpaper_organizations','Can delete HistoricalPaper_organizations');
INSERT INTO "auth_permission" VALUES(40,10,'view_historicalpaper_organizations','Can view HistoricalPaper_organizations');
INSERT INTO "auth_permission" VALUES(41,11,'add_historicalpaper_introduces','Can add HistoricalPaper_introduces');
INSERT INTO "auth_permission" VALUES(42,11,'change_historicalpaper_introduces','Can change HistoricalPaper_introduces');
INSERT INTO "auth_permission" VALUES(43,11,'delete_historicalpaper_introduces','Can delete HistoricalPaper_introduces');
INSERT INTO "auth_permission" VALUES(44,11,'view_historicalpaper_introduces','Can view HistoricalPaper_introduces');
INSERT INTO "auth_permission" VALUES(45,12,'add_historicalbenchmark','Can add historical benchmark');
INSERT INTO "auth_permission" VALUES(46,12,'change_historicalbenchmark','Can change historical benchmark');
INSERT INTO "auth_permission" VALUES(47,12,'delete_historicalbenchmark','Can delete historical benchmark');
INSERT INTO "auth_permission" VALUES(48,12,'view_historicalbenchmark','Can view historical benchmark');
INSERT INTO "auth_permission" VALUES(49,13,'add_source','Can add source');
INSERT INTO "auth_permission" VALUES(50,13,'change_source','Can change source');
INSERT INTO "auth_permission" VALUES(51,13,'delete_source','Can delete source');
INSERT INTO "auth_permission" VALUES(52,13,'view_source','Can view source');
INSERT INTO "auth_permission" VALUES(53,14,'add_modality','Can add modality');
INSERT INTO "auth_permission" VALUES(54,14,'change_modality','Can change modality');
INSERT INTO "auth_permission" VALUES(55,14,'delete_modality','Can delete modality');
INSERT INTO "auth_permission" VALUES(56,14,'view_modality','Can view modality');
INSERT INTO "auth_permission" VALUES(57,15,'add_tag','Can add tag');
INSERT INTO "auth_permission" VALUES(58,15,'change_tag','Can change tag');
INSERT INTO "auth_permission" VALUES(59,15,'delete_tag','Can delete tag');
INSERT INTO "auth_permission" VALUES(60,15,'view_tag','Can view tag');
INSERT INTO "auth_permission" VALUES(61,16,'add_family','Can add family');
INSERT INTO "auth_permission" VALUES(62,16,'change_family','Can change family');
INSERT INTO "auth_permission" VALUES(63,16,'delete_family','Can delete family');
INSERT INTO "auth_permission" VALUES(64,16,'view_family','Can view family');
INSERT INTO "auth_permission" VALUES(65,17,'add_aimodel','Can add model');
INSERT INTO "auth_permission" VALUES(66,17,'change_aimodel','Can change model');
INSERT INTO "auth_permission" VALUES(67,17,'delete_aimodel','Can delete model');
INSERT INTO "auth_permission" VALUES(68,17,'view_aimodel','Can view model');
INSERT INTO "auth_permission" VALUES(69,18,'add_historicalaimodel','Can add historical model');
INSERT INTO "auth_permission" VALUES(70,18,'change_historicalaimodel','Can change historical model');
INSERT INTO "auth_permission" VALUES(71,18,'delete_historicalaimodel','Can delete historical model');
INSERT INTO "auth_permission" VALUES(72,18,'view_historicalaimodel','Can view historical model');
INSERT INTO "auth_permission" VALUES(73,19,'add_historicalaimodel_organizations','Can add HistoricalAIModel_organizations');
INSERT INTO "auth_permission" VALUES(74,19,'change_historicalaimodel_organizations','Can change HistoricalAIModel_organizations');
INSERT INTO "auth_permission" VALUES(75,19,'delete_historicalaimodel_organizations','Can delete HistoricalAIModel_organizations');
INSERT INTO "auth_permission" VALUES(76,19,'view_historicalaimodel_organizations','Can view HistoricalAIModel_organizations');
INSERT INTO "auth_permission" VALUES(77,20,'add_historicalcitation','Can add historical citation');
INSERT INTO "auth_permission" VALUES(78,20,'change_historicalcitation','Can change historical citation');
INSERT INTO "auth_permission" VALUES(79,20,'delete_historicalcitation','Can delete historical citation');
INSERT INTO "auth_permission" VALUES(80,20,'view_historicalcitation','Can view historical citation');
INSERT INTO "auth_permission" VALUES(81,21,'add_historicalderivation','Can add historical derivation');
INSERT INTO "auth_permission" VALUES(82,21,'change_historicalderivation','Can change historical derivation');
INSERT INTO "auth_permission" VALUES(83,21,'delete_historicalderivation','Can delete historical derivation');
INSERT INTO "auth_permission" VALUES(84,21,'view_historicalderivation','Can view historical derivation');
INSERT INTO "auth_permission" VALUES(85,22,'add_historicalfamily','Can add historical family');
INSERT INTO "auth_permission" VALUES(86,22,'change_historicalfamily','Can change historical family');
INSERT INTO "auth_permission" VALUES(87,22,'delete_historicalfamily','Can delete historical family');
INSERT INTO "auth_permission" VALUES(88,22,'view_historicalfamily','Can view historical family');
INSERT INTO "auth_permission" VALUES(89,23,'add_historicalinnovation','Can add historical innovation');
INSERT INTO "auth_permission" VALUES(90,23,'change_historicalinnovation','Can change historical innovation');
INSERT INTO "auth_permission" VALUES(91,23,'delete_historicalinnovation','Can delete historical innovation');
INSERT INTO "auth_permission" VALUES(92,23,'view_historicalinnovation','Can view historical innovation');
INSERT INTO "auth_permission" VALUES(93,24,'add_historicallink','Can add historical link');
INSERT INTO "auth_permission" VALUES(94,24,'change_historicallink','Can change historical link');
INSERT INTO "auth_permission" VALUES(95,24,'delete_historicallink','Can delete historical link');
INSERT INTO "auth_permission" VALUES(96,24,'view_historicallink','Can view historical link');
INSERT INTO "auth_permission" VALUES(97,25,'add_historicalmilestone','Can add historical milestone');
INSERT INTO "auth_permission" VALUES(98,25,'change_historicalmilestone','Can change historical milestone');
INSERT INTO "auth_permission" VALUES(99,25,'delete_historicalmilestone','Can delete historical milestone');
INSERT INTO "auth_permission" VALUES(100,25,'view_historicalmilestone','Can view historical milestone');
INSERT INTO "auth_permission" VALUES(101,26,'add_historicalmodality','Can add historical modality');
INSERT INTO "auth_permission" VALUES(102,26,'change_historicalmodality','Can change historical modality');
INSERT INTO "auth_permission" VALUES(103,26,'delete_historicalmodality','Can delete historical modality');
INSERT INTO "auth_permission" VALUES(104,26,'view_historicalmodality','Can view historical modality');
INSERT INTO "auth_permission" VALUES(105,27,'add_historicalmodelpaper','Can add historical paper of a model');
INSERT INTO "auth_permission" VALUES(106,27,'change_historicalmodelpaper','Can change historical paper of a model');
INSERT INTO "auth_permission" VALUES(107,27,'delete_historicalmodelpaper','Can delete historical paper of a model');
INSERT INTO "auth_permission" VALUES(108,27,'view_historicalmodelpaper','Can view historical paper of a model');
INSERT INTO "auth_permission" VALUES(109,28,'add_historicalscore','Can add historical score');
INSERT INTO "auth_permission" VALUES(110,28,'change_historicalscore','Can change historical score');
INSERT INTO "auth_permission" VALUES(111,28,'delete_historicalscore','Can delete historical score');
INSERT INTO "auth_permission" VALUES(112,28,'view_historicalscore','Can view historical score');
INSERT INTO "auth_permission" VALUES(113,29,'add_historicaltag','Can add historical tag');
INSERT INTO "auth_permission" VALUES(114,29,'change_historicaltag','Can change historical tag');
INSERT INTO "auth_permission" VALUES(115,29,'delete_historicaltag','Can delete historical tag');
INSERT INTO "auth_permission" VALUES(116,29,'view_historicaltag','Can view historical tag');
INSERT INTO "auth_permission" VALUES(117,30,'add_innovation','Can add innovation');
INSERT INTO "auth_permission" VALUES(118,30,'change_innovation','Can change innovation');
INSERT INTO "auth_permission" VALUES(119,30,'delete_innovation','Can delete innovation');
INSERT INTO "auth_permission" VALUES(120,30,'view_innovation','Can view innovation');
INSERT INTO "auth_permission" VALUES(121,31,'add_link','Can add link');
INSERT INTO "auth_permission" VALUES(122,31,'change_link','Can change link');
INSERT INTO "auth_permission" VALUES(123,31,'delete_link','Can delete link');
INSERT INTO "auth_permission" VALUES(124,31,'view_link','Can view link');
INSERT INTO "auth_permission" VALUES(125,32,'add_milestone','Can add milestone');
INSERT INTO "auth_permission" VALUES(126,32,'change_milestone','Can change milestone');
INSERT INTO "auth_permission" VALUES(127,32,'delete_milestone','Can delete milestone');
INSERT INTO "auth_permission" VALUES(128,32,'view_milestone','Can view milestone');
INSERT INTO "auth_permission" VALUES(129,33,'add_historicalaimodel_output_modalities','Can add HistoricalAIModel_output_modalities');
INSERT INTO "auth_permission" VALUES(130,33,'change_historicalaimodel_output_modalities','Can change HistoricalAIModel_output_modalities');
INSERT INTO "auth_permission" VALUES(131,33,'delete_historicalaimodel_output_modalities','Can delete HistoricalAIModel_output_modalities');
INSERT INTO "auth_permission" VALUES(132,33,'view_historicalaimodel_output_modalities','Can view HistoricalAIModel_output_modalities');
INSERT INTO "auth_permission" VALUES(133,34,'add_historicalaimodel_input_modalities','Can add HistoricalAIModel_input_modalities');
INSERT INTO "auth_permission" VALUES(134,34,'change_historicalaimodel_input_modalities','Can change HistoricalAIModel_input_modalities');
INSERT INTO "auth_permission" VALUES(135,34,'delete_historicalaimodel_input_modalities','Can delete HistoricalAIModel_input_modalities');
INSERT INTO "auth_permission" VALUES(136,34,'view_historicalaimodel_input_modalities','Can view HistoricalAIModel_input_modalities');
INSERT INTO "auth_permission" VALUES(137,35,'add_modelpaper','Can add paper of a model');
INSERT INTO "auth_permission" VALUES(138,35,'change_modelpaper','Can change paper of a model');
INSERT INTO "auth_permission" VALUES(139,35,'delete_modelpaper','Can delete paper of a model');
INSERT INTO "auth_permission" VALUES(140,35,'view_modelpaper','Can view paper of a model');
INSERT INTO "auth_permission" VALUES(141,36,'add_score','Can add score');
INSERT INTO "auth_permission" VALUES(142,36,'change_score','Can change score');
INSERT INTO "auth_permission" VALUES(143,36,'delete_score','Can delete score');
INSERT INTO "auth_permission" VALUES(144,36,'view_score','Can view score');
INSERT INTO "auth_permission" VALUES(145,37,'add_historicaltaggedmodel','Can add historical tag on a model');
INSERT INTO "auth_permission" VALUES(146,37,'change_historicaltaggedmodel','Can change historical tag on a model');
INSERT INTO "auth_permission" VALUES(147,37,'delete_historicaltaggedmodel','Can delete historical tag on a model');
INSERT INTO "auth_permission" VALUES(148,37,'view_historicaltaggedmodel','Can view historical tag on a model');
INSERT INTO "auth_permission" VALUES(149,38,'add_taggedmodel','Can add tag on a model');
INSERT INTO "auth_permission" VALUES(150,38,'change_taggedmodel','Can change tag on a model');
INSERT INTO "auth_permission" VALUES(151,38,'delete_taggedmodel','Can delete tag on a model');
INSERT INTO "auth_permission" VALUES(152,38,'view_taggedmodel','Can view tag on a model');
INSERT INTO "auth_permission" VALUES(153,39,'add_citation','Can add citation');
INSERT INTO "auth_permission" VALUES(154,39,'change_citation','Can change citation');
INSERT INTO "auth_permission" VALUES(155,39,'delete_citation','Can delete citation');
INSERT INTO "auth_permission" VALUES(156,39,'view_citation','Can view citation');
INSERT INTO "auth_permission" VALUES(157,40,'add_derivation','Can add derivation');
INSERT INTO "auth_permission" VALUES(158,40,'change_derivation','Can change derivation');
INSERT INTO "auth_permission" VALUES(159,40,'delete_derivation','Can delete derivation');
INSERT INTO "auth_permission" VALUES(160,40,'view_derivation','Can view derivation');
INSERT INTO "auth_permission" VALUES(161,41,'add_logentry','Can add log entry');
INSERT INTO "auth_permission" VALUES(162,41,'change_logentry','Can change log entry');
INSERT INTO "auth_permission" VALUES(163,41,'delete_logentry','Can delete log entry');
INSERT INTO "auth_permission" VALUES(164,41,'view_logentry','Can view log entry');
INSERT INTO "auth_permission" VALUES(165,42,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(166,42,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(167,42,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(168,42,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(169,43,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(170,43,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(171,43,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(172,43,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(173,44,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(174,44,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(175,44,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(176,44,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(177,45,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(178,45,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(179,45,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(180,45,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(181,46,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(182,46,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(183,46,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(184,46,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(185,47,'add_tag','Can add tag');
INSERT INTO "auth_permission" VALUES(186,47,'change_tag','Can change tag');
INSERT INTO "auth_permission" VALUES(187,47,'delete_tag','Can delete tag');
INSERT INTO "auth_permission" VALUES(188,47,'view_tag','Can view tag');
INSERT INTO "auth_permission" VALUES(189,48,'add_taggeditem','Can add tagged item');
INSERT INTO "auth_permission" VALUES(190,48,'change_taggeditem','Can change tagged item');
INSERT INTO "auth_permission" VALUES(191,48,'delete_taggeditem','Can delete tagged item');
INSERT INTO "auth_permission" VALUES(192,48,'view_taggeditem','Can view tagged item');
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" VALUES(1,'!bUFsuP4ijlP4boOOT6qVds3XZps305kbTO18mkP3',NULL,1,'editor','','',1,1,'2026-11-28 06:03:32.517641','');
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "catalog_aimodel" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "aliases" text NOT NULL, "line_label" varchar(40) NOT NULL, "released" date NULL, "released_precision" varchar(5) NOT NULL, "lifecycle" varchar(10) NOT NULL, "lifecycle_date" date NULL, "openness" varchar(12) NOT NULL, "licence" varchar(160) NOT NULL, "architecture" varchar(20) NOT NULL, "parameters_total" bigint NULL, "parameters_active" bigint NULL, "context_window" bigint NULL, "max_output" bigint NULL, "knowledge_cutoff" date NULL, "knowledge_cutoff_precision" varchar(5) NOT NULL, "training_compute" real NULL, "training_tokens" bigint NULL, "training_cost" bigint NULL, "training_cost_year" smallint unsigned NULL CHECK ("training_cost_year" >= 0), "training_hardware" varchar(160) NOT NULL, "why_it_matters" text NOT NULL, "description" text NOT NULL, "checked_on" date NULL, "family_id" bigint NULL REFERENCES "catalog_family" ("id") DEFERRABLE INITIALLY DEFERRED, "predecessor_id" bigint NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "variant_of_id" bigint NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_aimodel_status_known" CHECK ("status" IN ('draft', 'in_review', 'published', 'archived')), CONSTRAINT "catalog_aimodel_lifecycle_known" CHECK ("lifecycle" IN ('preview', 'active', 'deprecated', 'retired', '')), CONSTRAINT "catalog_aimodel_openness_known" CHECK ("openness" IN ('open_source', 'open_weight', 'api_only', 'unreleased', '')), CONSTRAINT "catalog_aimodel_architecture_known" CHECK ("architecture" IN ('transformer', 'mixture_of_experts', 'state_space', 'hybrid', 'diffusion', 'recurrent', 'convolutional', 'adversarial', 'feedforward', 'reinforcement', 'other', '')), CONSTRAINT "catalog_aimodel_released_precision_known" CHECK ("released_precision" IN ('day', 'month', 'year', '')), CONSTRAINT "catalog_aimodel_knowledge_cutoff_precision_known" CHECK ("knowledge_cutoff_precision" IN ('day', 'month', 'year', '')), CONSTRAINT "catalog_aimodel_released_with_released_precision" CHECK ((("released" IS NULL AND "released_precision" = '') OR ("released" IS NOT NULL AND NOT ("released_precision" = '')))), CONSTRAINT "catalog_aimodel_knowledge_cutoff_with_knowledge_cutoff_precision" CHECK ((("knowledge_cutoff" IS NULL AND "knowledge_cutoff_precision" = '') OR ("knowledge_cutoff" IS NOT NULL AND NOT ("knowledge_cutoff_precision" = '')))), CONSTRAINT "catalog_aimodel_training_cost_with_training_cost_year" CHECK ((("training_cost" IS NULL AND "training_cost_year" IS NULL) OR ("training_cost" IS NOT NULL AND NOT ("training_cost_year" IS NULL)))), CONSTRAINT "catalog_aimodel_parameters_total_positive" CHECK (("parameters_total" IS NULL OR "parameters_total" > 0)), CONSTRAINT "catalog_aimodel_parameters_active_positive" CHECK (("parameters_active" IS NULL OR "parameters_active" > 0)), CONSTRAINT "catalog_aimodel_context_window_positive" CHECK (("context_window" IS NULL OR "context_window" > 0)), CONSTRAINT "catalog_aimodel_max_output_positive" CHECK (("max_output" IS NULL OR "max_output" > 0)), CONSTRAINT "catalog_aimodel_training_compute_positive" CHECK (("training_compute" IS NULL OR "training_compute" > 0.0)), CONSTRAINT "catalog_aimodel_training_tokens_positive" CHECK (("training_tokens" IS NULL OR "training_tokens" > 0)), CONSTRAINT "catalog_aimodel_training_cost_positive" CHECK (("training_cost" IS NULL OR "training_cost" > 0)), CONSTRAINT "catalog_aimodel_parameters_active_at_most_parameters_total" CHECK (("parameters_active" IS NULL OR "parameters_total" IS NULL OR "parameters_active" <= ("parameters_total"))), CONSTRAINT "catalog_aimodel_predecessor_not_itself" CHECK (("predecessor_id" IS NULL OR NOT ("predecessor_id" = ("id") AND "predecessor_id" IS NOT NULL))), CONSTRAINT "catalog_aimodel_variant_of_not_itself" CHECK (("variant_of_id" IS NULL OR NOT ("variant_of_id" = ("id") AND "variant_of_id" IS NOT NULL))), CONSTRAINT "catalog_aimodel_variant_without_predecessor" CHECK (("variant_of_id" IS NULL OR "predecessor_id" IS NULL)));
INSERT INTO "catalog_aimodel" VALUES(1,'DeepSeek LLM 67B','deepseek-llm-67b','DeepSeek''s first general language model, a dense Transformer with 67 billion parameters trained on two trillion tokens of English and Chinese.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','DeepSeek-V1
DeepSeek 67B
deepseek-llm-67b-base
deepseek-llm-67b-chat','DeepSeek V1','2023-11-29','day','',NULL,'open_weight','MIT (code); DeepSeek License Agreement v1.0 (weights)','transformer',67000000000,NULL,4096,NULL,NULL,'',8.04e+23,2000000000000,NULL,NULL,'','DeepSeek''s first general language model laid the ground for what followed: weights and training details in the open, and scaling measurements of its own behind the choice of size and data. In DeepSeek''s own tables it beat Llama 2 70B in code, mathematics and Chinese.','A dense language model with 67 billion parameters, trained from scratch on two trillion tokens, mostly English and Chinese. It follows the design of Meta''s LLaMA but uses grouped-query attention and more layers, and a learning rate that falls in steps, so that training can be resumed from an earlier phase. A smaller model of 7 billion parameters came out beside it. The chat version was made by supervised fine-tuning and direct preference optimization. DeepSeek tested it on new exams and contests as well, in order to rule out benchmark contamination: it reached 65 points on the Hungarian high-school mathematics exam of 2023. The weights, intermediate checkpoints included, may be used commercially under DeepSeek''s own licence.','2026-11-23',1,NULL,NULL);
INSERT INTO "catalog_aimodel" VALUES(3,'DeepSeek V2','deepseek-v2','Mixture-of-experts language model of May 2024 with 236 billion parameters, 21 billion of them active, and a memory-saving attention of its own.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','DeepSeek-V2
DeepSeek-V2-Chat
deepseek-ai/DeepSeek-V2','DeepSeek V2','2024-05-06','day','',NULL,'open_weight','MIT (code); DeepSeek License Agreement v1.0 (weights)','mixture_of_experts',236000000000,21000000000,128000,NULL,NULL,'',1.02e+24,8100000000000,NULL,NULL,'NVIDIA H800','It introduced the two building blocks of every later DeepSeek model up to R1: an attention that needs a fraction of the usual memory, and a mixture of many small experts. Both lower the price of an answer, and DeepSeek''s low API prices made rivals in China cut theirs within weeks.','A mixture of experts with 236 billion parameters, of which 21 billion work on each token. Every layer but the first has two shared experts and 160 routed ones, six of which are chosen. Multi-head Latent Attention compresses keys and values, so that the KV cache shrinks by 93.3% against DeepSeek LLM 67B. DeepSeek reports 42.5% lower training costs per token and 5.76 times the throughput of that model. It was pre-trained on 8.1 trillion tokens with a sequence length of 4,096, extended to 128,000 tokens, and then made into a chat model by supervised fine-tuning and two stages of reinforcement learning with group relative policy optimization. A small sibling, V2-Lite with 16 billion parameters, followed ten days later.','2026-11-23',1,1,NULL);
CREATE TABLE "catalog_aimodel_input_modalities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "aimodel_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "modality_id" bigint NOT NULL REFERENCES "catalog_modality" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "catalog_aimodel_input_modalities" VALUES(1,1,1);
INSERT INTO "catalog_aimodel_input_modalities" VALUES(3,3,1);
CREATE TABLE "catalog_aimodel_organizations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "aimodel_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "organization_id" bigint NOT NULL REFERENCES "research_organization" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "catalog_aimodel_organizations" VALUES(1,1,2);
INSERT INTO "catalog_aimodel_organizations" VALUES(3,3,2);
CREATE TABLE "catalog_aimodel_output_modalities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "aimodel_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "modality_id" bigint NOT NULL REFERENCES "catalog_modality" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "catalog_aimodel_output_modalities" VALUES(1,1,1);
INSERT INTO "catalog_aimodel_output_modalities" VALUES(3,3,1);
CREATE TABLE "catalog_citation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(20) NOT NULL, "stated" varchar(200) NOT NULL, "value" varchar(200) NOT NULL, "basis" varchar(14) NOT NULL, "confidence" varchar(6) NOT NULL, "locator" varchar(120) NOT NULL, "note" varchar(400) NOT NULL, "shown" bool NOT NULL, "model_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NULL REFERENCES "research_source" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_citation_field_known" CHECK ("field" IN ('parameters_total', 'parameters_active', 'context_window', 'max_output', 'released', 'licence', 'training_tokens', 'training_compute', 'training_cost', 'training_hardware', 'knowledge_cutoff')), CONSTRAINT "catalog_citation_basis_known" CHECK ("basis" IN ('disclosed', 'measured', 'estimated', 'not_disclosed', 'not_applicable')), CONSTRAINT "catalog_citation_confidence_known" CHECK ("confidence" IN ('high', 'medium', 'low', '')), CONSTRAINT "catalog_citation_has_source" CHECK (("source_id" IS NOT NULL OR "basis" = 'not_applicable')), CONSTRAINT "catalog_citation_absence_has_no_value" CHECK ((NOT ("basis" IN ('not_disclosed', 'not_applicable')) OR "value" = '')));
INSERT INTO "catalog_citation" VALUES(1,'parameters_total','67 billion parameters','67000000000','disclosed','','Introduction','',1,1,8);
INSERT INTO "catalog_citation" VALUES(2,'parameters_total','67000000000','67000000000','disclosed','','deepseek-ai/deepseek-llm-67b-chat','',0,1,26);
INSERT INTO "catalog_citation" VALUES(3,'parameters_active','','','not_applicable','','','A dense model: every parameter is used for every token.',1,1,NULL);
INSERT INTO "catalog_citation" VALUES(4,'context_window','4096','4096','disclosed','','Model Downloads, Sequence Length','',1,1,8);
INSERT INTO "catalog_citation" VALUES(5,'released','Nov 29, 2023','2023-11-29','disclosed','','Upload of the weights and model card','',1,1,5);
INSERT INTO "catalog_citation" VALUES(6,'released','2023-11-29','2023-11-29','disclosed','','gpqa_diamond.csv, deepseek-llm-67b-chat, Release date','',0,1,23);
INSERT INTO "catalog_citation" VALUES(7,'released','2023-11-28','2023-11-28','disclosed','','Deepseek, created_date','For the base model; the chat model is dated 29 November there.',0,1,20);
INSERT INTO "catalog_citation" VALUES(8,'released','2024-01-05','2024-01-05','disclosed','high','DeepSeek LLM 67B, Publication date','The date of the paper; the weights had been out for five weeks.',0,1,21);
INSERT INTO "catalog_citation" VALUES(9,'released','2024-01-05','2024-01-05','disclosed','','deepseek-ai/deepseek-llm-67b-chat','The date of the paper.',0,1,26);
INSERT INTO "catalog_citation" VALUES(10,'licence','This code repository is licensed under the MIT License. The use of DeepSeek LLM Base/Chat models is subject to the Model License.','MIT (code); DeepSeek License Agreement v1.0 (weights)','disclosed','','License','Commercial use is allowed; the licence of the weights forbids a list of uses.',1,1,8);
INSERT INTO "catalog_citation" VALUES(11,'training_tokens','2 trillion tokens','2000000000000','disclosed','','Introduction','',1,1,8);
INSERT INTO "catalog_citation" VALUES(12,'training_tokens','2000000000000.0','2000000000000','disclosed','high','DeepSeek LLM 67B, Training dataset size (datapoints)','',0,1,21);
INSERT INTO "catalog_citation" VALUES(13,'training_compute','8.04e+23','8.04e23','estimated','high','DeepSeek LLM 67B, Training compute (FLOP)','67B parameters × 2T tokens × 6; unchanged since the export of March 2025.',1,1,24);
INSERT INTO "catalog_citation" VALUES(34,'parameters_total','236B','236000000000','disclosed','','Model Downloads','',1,3,14);
INSERT INTO "catalog_citation" VALUES(35,'parameters_total','236000000000.0','236000000000','disclosed','high','DeepSeek-V2 (MoE-236B), Parameters','',0,3,21);
INSERT INTO "catalog_citation" VALUES(36,'parameters_active','21B','21000000000','disclosed','','Model Downloads','',1,3,14);
INSERT INTO "catalog_citation" VALUES(37,'context_window','128k','128000','disclosed','','Model Downloads','',1,3,14);
INSERT INTO "catalog_citation" VALUES(38,'released','2024.05.06: We released the DeepSeek-V2.','2024-05-06','disclosed','','News','',1,3,14);
INSERT INTO "catalog_citation" VALUES(39,'released','2024-05-07','2024-05-07','disclosed','high','DeepSeek-V2 (MoE-236B), Publication date','The date of the paper on arXiv.',0,3,21);
INSERT INTO "catalog_citation" VALUES(40,'licence','This code repository is licensed under the MIT License. The use of DeepSeek-V2 Base/Chat models is subject to the Model License.','MIT (code); DeepSeek License Agreement v1.0 (weights)','disclosed','','License','Commercial use is allowed; the licence of the weights forbids a list of uses.',1,3,14);
INSERT INTO "catalog_citation" VALUES(41,'training_tokens','8.1 trillion tokens','8100000000000','disclosed','','Introduction','Pre-training only.',1,3,14);
INSERT INTO "catalog_citation" VALUES(42,'training_tokens','8100000000000.0','8100000000000','disclosed','high','DeepSeek-V2 (MoE-236B), Training dataset size (datapoints)','',0,3,21);
INSERT INTO "catalog_citation" VALUES(43,'training_compute','1.02e+24','1.02e24','estimated','high','DeepSeek-V2 (MoE-236B), Training compute (FLOP)','21B active parameters × 8.1T tokens × 6; unchanged since the export of March 2025.',1,3,24);
INSERT INTO "catalog_citation" VALUES(44,'training_cost','','','not_disclosed','','Section 3.2.3, Training Costs','Given as GPU hours only: 172.8K on H800 for each trillion tokens.',1,3,13);
INSERT INTO "catalog_citation" VALUES(45,'training_hardware','H800 cluster','NVIDIA H800','disclosed','','Section 3.2.3, Training Costs','The number of chips is not given.',1,3,13);
INSERT INTO "catalog_citation" VALUES(46,'training_hardware','NVIDIA H800 SXM5','NVIDIA H800 SXM5','estimated','','DeepSeek-V2 (MoE-236B), Training hardware','Names a variant of the chip that the report leaves open.',0,3,21);
CREATE TABLE "catalog_derivation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(18) NOT NULL, "parent_name" varchar(200) NOT NULL, "note" varchar(300) NOT NULL, "child_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "research_source" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_derivation_once" UNIQUE ("child_id", "kind", "parent_name"), CONSTRAINT "catalog_derivation_kind_known" CHECK ("kind" IN ('initialized_from', 'fine_tuned_from', 'distilled_from', 'merged_from', 'quantized_from', 'uses_component', 'architecture_of')), CONSTRAINT "catalog_derivation_parent_not_itself" CHECK (("parent_id" IS NULL OR NOT ("parent_id" = ("child_id") AND "parent_id" IS NOT NULL))));
INSERT INTO "catalog_derivation" VALUES(1,'architecture_of','LLaMA','An auto-regressive Transformer decoder as in LLaMA, with grouped-query attention in the 67B model; no weights were taken over.',1,NULL,8);
INSERT INTO "catalog_derivation" VALUES(3,'architecture_of','DeepSeekMoE','Fine-grained and shared experts; no weights were taken over.',3,NULL,14);
CREATE TABLE "catalog_family" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "organization_id" bigint NULL REFERENCES "research_organization" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_family_status_known" CHECK ("status" IN ('draft', 'in_review', 'published', 'archived')));
INSERT INTO "catalog_family" VALUES(1,'DeepSeek','deepseek','General-purpose language models from DeepSeek, published with open weights since November 2023: a dense first version, mixture-of-experts successors, and the reasoning model R1 built on the third.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00',2);
CREATE TABLE "catalog_historicalaimodel" ("id" bigint NOT NULL, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "aliases" text NOT NULL, "line_label" varchar(40) NOT NULL, "released" date NULL, "released_precision" varchar(5) NOT NULL, "lifecycle" varchar(10) NOT NULL, "lifecycle_date" date NULL, "openness" varchar(12) NOT NULL, "licence" varchar(160) NOT NULL, "architecture" varchar(20) NOT NULL, "parameters_total" bigint NULL, "parameters_active" bigint NULL, "context_window" bigint NULL, "max_output" bigint NULL, "knowledge_cutoff" date NULL, "knowledge_cutoff_precision" varchar(5) NOT NULL, "training_compute" real NULL, "training_tokens" bigint NULL, "training_cost" bigint NULL, "training_cost_year" smallint unsigned NULL CHECK ("training_cost_year" >= 0), "training_hardware" varchar(160) NOT NULL, "why_it_matters" text NOT NULL, "description" text NOT NULL, "checked_on" date NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "family_id" bigint NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "predecessor_id" bigint NULL, "variant_of_id" bigint NULL);
INSERT INTO "catalog_historicalaimodel" VALUES(3,'DeepSeek V2','deepseek-v2','Mixture-of-experts language model of May 2024 with 236 billion parameters, 21 billion of them active, and a memory-saving attention of its own.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','DeepSeek-V2
DeepSeek-V2-Chat
deepseek-ai/DeepSeek-V2','DeepSeek V2','2024-05-06','day','',NULL,'open_weight','MIT (code); DeepSeek License Agreement v1.0 (weights)','mixture_of_experts',236000000000,21000000000,128000,NULL,NULL,'',1.02e+24,8100000000000,NULL,NULL,'NVIDIA H800','It introduced the two building blocks of every later DeepSeek model up to R1: an attention that needs a fraction of the usual memory, and a mixture of many small experts. Both lower the price of an answer, and DeepSeek''s low API prices made rivals in China cut theirs within weeks.','A mixture of experts with 236 billion parameters, of which 21 billion work on each token. Every layer but the first has two shared experts and 160 routed ones, six of which are chosen. Multi-head Latent Attention compresses keys and values, so that the KV cache shrinks by 93.3% against DeepSeek LLM 67B. DeepSeek reports 42.5% lower training costs per token and 5.76 times the throughput of that model. It was pre-trained on 8.1 trillion tokens with a sequence length of 4,096, extended to 128,000 tokens, and then made into a chat model by supervised fine-tuning and two stages of reinforcement learning with group relative policy optimization. A small sibling, V2-Lite with 16 billion parameters, followed ten days later.','2026-11-23',19,'2026-11-28 06:03:32.537565','Checked.','~',1,1,1,NULL);
CREATE TABLE "catalog_historicalaimodel_input_modalities" ("id" bigint NOT NULL, "m2m_history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "aimodel_id" bigint NULL, "history_id" integer NOT NULL, "modality_id" bigint NULL);
INSERT INTO "catalog_historicalaimodel_input_modalities" VALUES(3,11,3,19,1);
CREATE TABLE "catalog_historicalaimodel_organizations" ("id" bigint NOT NULL, "m2m_history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "aimodel_id" bigint NULL, "history_id" integer NOT NULL, "organization_id" bigint NULL);
INSERT INTO "catalog_historicalaimodel_organizations" VALUES(3,16,3,19,2);
CREATE TABLE "catalog_historicalaimodel_output_modalities" ("id" bigint NOT NULL, "m2m_history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "aimodel_id" bigint NULL, "history_id" integer NOT NULL, "modality_id" bigint NULL);
INSERT INTO "catalog_historicalaimodel_output_modalities" VALUES(3,6,3,19,1);
CREATE TABLE "catalog_historicalcitation" ("id" bigint NOT NULL, "field" varchar(20) NOT NULL, "stated" varchar(200) NOT NULL, "value" varchar(200) NOT NULL, "basis" varchar(14) NOT NULL, "confidence" varchar(6) NOT NULL, "locator" varchar(120) NOT NULL, "note" varchar(400) NOT NULL, "shown" bool NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "model_id" bigint NULL, "source_id" bigint NULL);
CREATE TABLE "catalog_historicalderivation" ("id" bigint NOT NULL, "kind" varchar(18) NOT NULL, "parent_name" varchar(200) NOT NULL, "note" varchar(300) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "child_id" bigint NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NULL, "source_id" bigint NULL);
CREATE TABLE "catalog_historicalfamily" ("id" bigint NOT NULL, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "organization_id" bigint NULL);
CREATE TABLE "catalog_historicalinnovation" ("id" bigint NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "note" varchar(300) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "model_id" bigint NULL, "term_id" bigint NULL);
CREATE TABLE "catalog_historicallink" ("id" bigint NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "kind" varchar(15) NOT NULL, "url" varchar(500) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "model_id" bigint NULL);
CREATE TABLE "catalog_historicalmilestone" ("id" bigint NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "text" varchar(300) NOT NULL, "date" date NULL, "date_precision" varchar(5) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "model_id" bigint NULL, "source_id" bigint NULL);
CREATE TABLE "catalog_historicalmodality" ("id" bigint NOT NULL, "name" varchar(40) NOT NULL, "slug" varchar(40) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "catalog_historicalmodelpaper" ("id" bigint NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "featured" bool NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "model_id" bigint NULL, "paper_id" bigint NULL);
CREATE TABLE "catalog_historicalscore" ("id" bigint NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "value" real NOT NULL, "setting" varchar(200) NOT NULL, "measured_by" varchar(12) NOT NULL, "measured_on" date NULL, "standard_error" real NULL, "note" varchar(300) NOT NULL, "locator" varchar(120) NOT NULL, "headline" bool NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "benchmark_id" bigint NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "model_id" bigint NULL, "source_id" bigint NULL);
CREATE TABLE "catalog_historicaltag" ("id" bigint NOT NULL, "name" varchar(100) NOT NULL, "slug" varchar(100) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "catalog_historicaltaggedmodel" ("id" bigint NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "content_object_id" bigint NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" bigint NULL);
CREATE TABLE "catalog_innovation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "note" varchar(300) NOT NULL, "model_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "term_id" bigint NOT NULL REFERENCES "glossary_term" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_innovation_once" UNIQUE ("model_id", "term_id"));
INSERT INTO "catalog_innovation" VALUES(1,1,'Measured anew on DeepSeek''s own data before the size was chosen.',1,29);
INSERT INTO "catalog_innovation" VALUES(10,1,'Introduced with this model.',3,19);
INSERT INTO "catalog_innovation" VALUES(11,2,'Two shared and 160 small routed experts in each layer, six of the latter chosen for a token.',3,18);
CREATE TABLE "catalog_link" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "kind" varchar(15) NOT NULL, "url" varchar(500) NOT NULL, "model_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_link_once" UNIQUE ("model_id", "url"), CONSTRAINT "catalog_link_kind_known" CHECK ("kind" IN ('homepage', 'weights', 'repository', 'documentation', 'api', 'demo')));
INSERT INTO "catalog_link" VALUES(1,1,'weights','https://huggingface.co/deepseek-ai/deepseek-llm-67b-base',1);
INSERT INTO "catalog_link" VALUES(8,1,'weights','https://huggingface.co/deepseek-ai/DeepSeek-V2',3);
INSERT INTO "catalog_link" VALUES(9,2,'repository','https://github.com/deepseek-ai/DeepSeek-V2',3);
CREATE TABLE "catalog_milestone" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "text" varchar(300) NOT NULL, "date" date NULL, "date_precision" varchar(5) NOT NULL, "model_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NULL REFERENCES "research_source" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_milestone_once" UNIQUE ("model_id", "text"), CONSTRAINT "catalog_milestone_date_precision_known" CHECK ("date_precision" IN ('day', 'month', 'year', '')), CONSTRAINT "catalog_milestone_date_with_date_precision" CHECK ((("date" IS NULL AND "date_precision" = '') OR ("date" IS NOT NULL AND NOT ("date_precision" = '')))));
INSERT INTO "catalog_milestone" VALUES(1,1,'Published intermediate checkpoints of the training run beside the finished weights',NULL,'',1,8);
INSERT INTO "catalog_milestone" VALUES(8,1,'Introduced Multi-head Latent Attention, which cut the KV cache by 93.3% against DeepSeek LLM 67B','2024-05-06','day',3,14);
INSERT INTO "catalog_milestone" VALUES(9,2,'Needed 172,800 GPU hours per trillion training tokens, where DeepSeek LLM 67B had needed 300,600','2024-05-07','day',3,13);
CREATE TABLE "catalog_modality" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(40) NOT NULL UNIQUE, "slug" varchar(40) NOT NULL UNIQUE);
INSERT INTO "catalog_modality" VALUES(1,'text','text');
CREATE TABLE "catalog_modelpaper" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "featured" bool NOT NULL, "model_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "paper_id" bigint NOT NULL REFERENCES "research_paper" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_modelpaper_once" UNIQUE ("model_id", "paper_id"));
INSERT INTO "catalog_modelpaper" VALUES(1,1,1,1,7);
INSERT INTO "catalog_modelpaper" VALUES(10,1,1,3,9);
INSERT INTO "catalog_modelpaper" VALUES(11,2,1,3,12);
CREATE TABLE "catalog_score" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "value" real NOT NULL, "setting" varchar(200) NOT NULL, "measured_by" varchar(12) NOT NULL, "measured_on" date NULL, "standard_error" real NULL, "note" varchar(300) NOT NULL, "locator" varchar(120) NOT NULL, "headline" bool NOT NULL, "benchmark_id" bigint NOT NULL REFERENCES "research_benchmark" ("id") DEFERRABLE INITIALLY DEFERRED, "model_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "research_source" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_score_once" UNIQUE ("model_id", "benchmark_id", "source_id", "measured_by", "setting"), CONSTRAINT "catalog_score_measured_by_known" CHECK ("measured_by" IN ('vendor', 'independent', 'aggregator')), CONSTRAINT "catalog_score_standard_error_not_negative" CHECK (("standard_error" IS NULL OR "standard_error" >= 0.0)));
INSERT INTO "catalog_score" VALUES(1,1,71.1,'chat model; 0-shot','vendor',NULL,NULL,'The base model scored 71.3 with five examples.','Chat Model, Standard Benchmark',1,16,1,8);
INSERT INTO "catalog_score" VALUES(27,1,77.8,'chat model (RL)','vendor',NULL,NULL,'After supervised fine-tuning alone: 78.4.','Chat Model, Models larger than 67B',1,16,3,14);
INSERT INTO "catalog_score" VALUES(28,2,81.1,'chat model (RL)','vendor',NULL,NULL,'','Chat Model, Models larger than 67B',1,10,3,14);
CREATE TABLE "catalog_tag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL UNIQUE, "slug" varchar(100) NOT NULL UNIQUE);
INSERT INTO "catalog_tag" VALUES(1,'bilingual','bilingual');
INSERT INTO "catalog_tag" VALUES(2,'published checkpoints','published-checkpoints');
INSERT INTO "catalog_tag" VALUES(3,'dense','dense');
INSERT INTO "catalog_tag" VALUES(4,'scaling study','scaling-study');
INSERT INTO "catalog_tag" VALUES(10,'efficient inference','efficient-inference');
INSERT INTO "catalog_tag" VALUES(11,'long context','long-context');
INSERT INTO "catalog_tag" VALUES(12,'low-cost training','low-cost-training');
INSERT INTO "catalog_tag" VALUES(13,'shared experts','shared-experts');
CREATE TABLE "catalog_taggedmodel" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_object_id" bigint NOT NULL REFERENCES "catalog_aimodel" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" bigint NOT NULL REFERENCES "catalog_tag" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "catalog_taggedmodel_once" UNIQUE ("content_object_id", "tag_id"));
INSERT INTO "catalog_taggedmodel" VALUES(1,1,1);
INSERT INTO "catalog_taggedmodel" VALUES(2,1,2);
INSERT INTO "catalog_taggedmodel" VALUES(3,1,3);
INSERT INTO "catalog_taggedmodel" VALUES(4,1,4);
INSERT INTO "catalog_taggedmodel" VALUES(10,3,1);
INSERT INTO "catalog_taggedmodel" VALUES(11,3,10);
INSERT INTO "catalog_taggedmodel" VALUES(12,3,11);
INSERT INTO "catalog_taggedmodel" VALUES(13,3,12);
INSERT INTO "catalog_taggedmodel" VALUES(14,3,13);
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'glossary','historicalterm');
INSERT INTO "django_content_type" VALUES(2,'glossary','term');
INSERT INTO "django_content_type" VALUES(3,'glossary','historicalterm_see_also');
INSERT INTO "django_content_type" VALUES(4,'research','benchmark');
INSERT INTO "django_content_type" VALUES(5,'research','historicalpaper');
INSERT INTO "django_content_type" VALUES(6,'research','historicalsource');
INSERT INTO "django_content_type" VALUES(7,'research','organization');
INSERT INTO "django_content_type" VALUES(8,'research','historicalorganization');
INSERT INTO "django_content_type" VALUES(9,'research','paper');
INSERT INTO "django_content_type" VALUES(10,'research','historicalpaper_organizations');
INSERT INTO "django_content_type" VALUES(11,'research','historicalpaper_introduces');
INSERT INTO "django_content_type" VALUES(12,'research','historicalbenchmark');
INSERT INTO "django_content_type" VALUES(13,'research','source');
INSERT INTO "django_content_type" VALUES(14,'catalog','modality');
INSERT INTO "django_content_type" VALUES(15,'catalog','tag');
INSERT INTO "django_content_type" VALUES(16,'catalog','family');
INSERT INTO "django_content_type" VALUES(17,'catalog','aimodel');
INSERT INTO "django_content_type" VALUES(18,'catalog','historicalaimodel');
INSERT INTO "django_content_type" VALUES(19,'catalog','historicalaimodel_organizations');
INSERT INTO "django_content_type" VALUES(20,'catalog','historicalcitation');
INSERT INTO "django_content_type" VALUES(21,'catalog','historicalderivation');
INSERT INTO "django_content_type" VALUES(22,'catalog','historicalfamily');
INSERT INTO "django_content_type" VALUES(23,'catalog','historicalinnovation');
INSERT INTO "django_content_type" VALUES(24,'catalog','historicallink');
INSERT INTO "django_content_type" VALUES(25,'catalog','historicalmilestone');
INSERT INTO "django_content_type" VALUES(26,'catalog','historicalmodality');
INSERT INTO "django_content_type" VALUES(27,'catalog','historicalmodelpaper');
INSERT INTO "django_content_type" VALUES(28,'catalog','historicalscore');
INSERT INTO "django_content_type" VALUES(29,'catalog','historicaltag');
INSERT INTO "django_content_type" VALUES(30,'catalog','innovation');
INSERT INTO "django_content_type" VALUES(31,'catalog','link');
INSERT INTO "django_content_type" VALUES(32,'catalog','milestone');
INSERT INTO "django_content_type" VALUES(33,'catalog','historicalaimodel_output_modalities');
INSERT INTO "django_content_type" VALUES(34,'catalog','historicalaimodel_input_modalities');
INSERT INTO "django_content_type" VALUES(35,'catalog','modelpaper');
INSERT INTO "django_content_type" VALUES(36,'catalog','score');
INSERT INTO "django_content_type" VALUES(37,'catalog','historicaltaggedmodel');
INSERT INTO "django_content_type" VALUES(38,'catalog','taggedmodel');
INSERT INTO "django_content_type" VALUES(39,'catalog','citation');
INSERT INTO "django_content_type" VALUES(40,'catalog','derivation');
INSERT INTO "django_content_type" VALUES(41,'admin','logentry');
INSERT INTO "django_content_type" VALUES(42,'auth','permission');
INSERT INTO "django_content_type" VALUES(43,'auth','group');
INSERT INTO "django_content_type" VALUES(44,'auth','user');
INSERT INTO "django_content_type" VALUES(45,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(46,'sessions','session');
INSERT INTO "django_content_type" VALUES(47,'taggit','tag');
INSERT INTO "django_content_type" VALUES(48,'taggit','taggeditem');
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-11-28 06:02:57.747188');
INSERT INTO "django_migrations" VALUES(2,'auth','0001_initial','2026-11-28 06:02:57.801483');
INSERT INTO "django_migrations" VALUES(3,'admin','0001_initial','2026-11-28 06:02:57.827225');
INSERT INTO "django_migrations" VALUES(4,'admin','0002_logentry_remove_auto_add','2026-11-28 06:02:57.858181');
INSERT INTO "django_migrations" VALUES(5,'admin','0003_logentry_add_action_flag_choices','2026-11-28 06:02:57.877369');
INSERT INTO "django_migrations" VALUES(6,'contenttypes','0002_remove_content_type_name','2026-11-28 06:02:57.932411');
INSERT INTO "django_migrations" VALUES(7,'auth','0002_alter_permission_name_max_length','2026-11-28 06:02:57.958874');
INSERT INTO "django_migrations" VALUES(8,'auth','0003_alter_user_email_max_length','2026-11-28 06:02:57.989835');
INSERT INTO "django_migrations" VALUES(9,'auth','0004_alter_user_username_opts','2026-11-28 06:02:58.010206');
INSERT INTO "django_migrations" VALUES(10,'auth','0005_alter_user_last_login_null','2026-11-28 06:02:58.038843');
INSERT INTO "django_migrations" VALUES(11,'auth','0006_require_contenttypes_0002','2026-11-28 06:02:58.039731');
INSERT INTO "django_migrations" VALUES(12,'auth','0007_alter_validators_add_error_messages','2026-11-28 06:02:58.058380');
INSERT INTO "django_migrations" VALUES(13,'auth','0008_alter_user_username_max_length','2026-11-28 06:02:58.080385');
INSERT INTO "django_migrations" VALUES(14,'auth','0009_alter_user_last_name_max_length','2026-11-28 06:02:58.117202');
INSERT INTO "django_migrations" VALUES(15,'auth','0010_alter_group_name_max_length','2026-11-28 06:02:58.139083');
INSERT INTO "django_migrations" VALUES(16,'auth','0011_update_proxy_permissions','2026-11-28 06:02:58.161456');
INSERT INTO "django_migrations" VALUES(17,'auth','0012_alter_user_first_name_max_length','2026-11-28 06:02:58.182275');
INSERT INTO "django_migrations" VALUES(18,'glossary','0001_initial','2026-11-28 06:02:58.266891');
INSERT INTO "django_migrations" VALUES(19,'research','0001_initial','2026-11-28 06:02:59.538327');
INSERT INTO "django_migrations" VALUES(20,'catalog','0001_initial','2026-11-28 06:03:10.442662');
INSERT INTO "django_migrations" VALUES(21,'sessions','0001_initial','2026-11-28 06:03:10.447948');
INSERT INTO "django_migrations" VALUES(22,'taggit','0001_initial','2026-11-28 06:03:10.532954');
INSERT INTO "django_migrations" VALUES(23,'taggit','0002_auto_20150616_2121','2026-11-28 06:03:10.540538');
INSERT INTO "django_migrations" VALUES(24,'taggit','0003_taggeditem_add_unique_index','2026-11-28 06:03:10.564242');
INSERT INTO "django_migrations" VALUES(25,'taggit','0004_alter_taggeditem_content_type_alter_taggeditem_tag','2026-11-28 06:03:11.633346');
INSERT INTO "django_migrations" VALUES(26,'taggit','0005_auto_20220424_2025','2026-11-28 06:03:11.725900');
INSERT INTO "django_migrations" VALUES(27,'taggit','0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx','2026-11-28 06:03:11.758539');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "glossary_historicalterm" ("id" bigint NOT NULL, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "abbreviation" varchar(40) NOT NULL, "aliases" text NOT NULL, "definition" varchar(400) NOT NULL, "article" text NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "glossary_historicalterm" VALUES(3,'Attention','attention','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','','self-attention
attention mechanism
multi-head attention','The step in which each token gathers information from other tokens, weighted by how relevant they are to it.','For each token the model computes three vectors: a *query*, a *key* and a *value*. The query is compared with the keys of all tokens it may look at; the better the match, the more of that token''s value flows into the result.

Several such comparisons, called *heads*, run side by side, so that one may follow grammar while another tracks a name through the text.

The cost grows with the square of the length when a text is read, and while a model writes, the keys and values of everything before must be stored. Grouped-query and multi-head latent attention reduce that storage.',92,'2026-11-28 06:03:32.529751','Checked.','~',1);
CREATE TABLE "glossary_historicalterm_see_also" ("id" bigint NOT NULL, "m2m_history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_id" integer NOT NULL, "from_term_id" bigint NULL, "to_term_id" bigint NULL);
CREATE TABLE "glossary_term" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "abbreviation" varchar(40) NOT NULL, "aliases" text NOT NULL, "definition" varchar(400) NOT NULL, "article" text NOT NULL, CONSTRAINT "glossary_term_status_known" CHECK ("status" IN ('draft', 'in_review', 'published', 'archived')));
INSERT INTO "glossary_term" VALUES(3,'Attention','attention','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','','self-attention
attention mechanism
multi-head attention','The step in which each token gathers information from other tokens, weighted by how relevant they are to it.','For each token the model computes three vectors: a *query*, a *key* and a *value*. The query is compared with the keys of all tokens it may look at; the better the match, the more of that token''s value flows into the result.

Several such comparisons, called *heads*, run side by side, so that one may follow grammar while another tracks a name through the text.

The cost grows with the square of the length when a text is read, and while a model writes, the keys and values of everything before must be stored. Grouped-query and multi-head latent attention reduce that storage.');
INSERT INTO "glossary_term" VALUES(16,'KV Cache','kv-cache','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','','key-value cache','Memory in which a model keeps the keys and values of earlier tokens, so that it need not compute them again for each new one.','A language model writes one token at a time, and each new token attends to all before it. Recomputing their keys and values at every step would be wasteful, so they are kept.

The cache grows with the length of the text, the number of layers and the number of requests served together. For long contexts it can fill more memory than is left beside the weights, and it then limits how many users one machine can serve.

That is why so much work goes into shrinking it: sharing keys and values between heads, compressing them into a latent vector, or storing them with fewer bits.');
INSERT INTO "glossary_term" VALUES(18,'Mixture of Experts','mixture-of-experts','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','MoE','mixtures of experts
sparse mixture of experts','Architecture where only a fraction of the model''s parameters are active for each input, allowing massive scale with lower compute.','In a dense model every parameter takes part in every step. A mixture of experts replaces some layers, usually the feed-forward ones, by many parallel copies, the *experts*, and a small *router* that picks a few of them for each token.

The model can therefore store much more than it computes with: DeepSeek V3 holds 671 billion parameters and uses 37 billion for a token. Training and answering become cheaper at the same total size.

The price is paid elsewhere. All experts must be kept in memory, tokens travel between the machines that hold them, and without load balancing a few experts would get most of the work while others learn nothing.');
INSERT INTO "glossary_term" VALUES(19,'Multi-head Latent Attention','multi-head-latent-attention','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','MLA','','A form of attention that stores one small compressed vector per token instead of full keys and values, and rebuilds them when needed.','Ordinary attention keeps a key and a value for every head, layer and token. MLA, introduced with DeepSeek-V2, projects what is needed for all heads down to a single short vector, the *latent*, and caches that. When the token is attended to, matrices learned in training expand the latent again.

Position information does not survive this trick, so a small separate key carries it.

According to DeepSeek''s report the KV cache of V2 is 93.3% smaller than that of the earlier 67B model, which used grouped-query attention. DeepSeek V3 and R1 took the design over. Unlike sharing keys between heads, the compression is learned, and the report found it slightly better than full multi-head attention.');
INSERT INTO "glossary_term" VALUES(29,'Scaling Laws','scaling-laws','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','','neural scaling laws','Mathematical relationships showing how model performance improves predictably with more data, compute, and parameters.','Train a series of small models of different sizes, plot their error against the compute spent, and the points fall close to a smooth power law. Extended upwards, the curve predicts what a model a thousand times larger will reach, before anyone pays for it.

The laws also say how to split a budget. A first study by OpenAI in 2020 favoured large models; DeepMind''s Chinchilla study of 2022 found that data should grow as fast as the model. DeepSeek repeated such measurements for its first models and reported that the quality of the data shifts the best split.

They predict the training error, not any single ability, and they hold only for the kind of data and architecture on which they were measured.');
CREATE TABLE "glossary_term_see_also" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "from_term_id" bigint NOT NULL REFERENCES "glossary_term" ("id") DEFERRABLE INITIALLY DEFERRED, "to_term_id" bigint NOT NULL REFERENCES "glossary_term" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "glossary_term_see_also" VALUES(1,19,16);
INSERT INTO "glossary_term_see_also" VALUES(2,19,3);
CREATE TABLE "research_benchmark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "full_name" varchar(160) NOT NULL, "measures" varchar(120) NOT NULL, "metric" varchar(80) NOT NULL, "unit" varchar(20) NOT NULL, "scale_min" real NULL, "scale_max" real NULL, "higher_is_better" bool NOT NULL, "caveat" text NOT NULL, "paper_id" bigint NULL REFERENCES "research_paper" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NULL REFERENCES "research_benchmark" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "research_benchmark_status_known" CHECK ("status" IN ('draft', 'in_review', 'published', 'archived')), CONSTRAINT "research_benchmark_parent_not_itself" CHECK (("parent_id" IS NULL OR NOT ("parent_id" = ("id") AND "parent_id" IS NOT NULL))), CONSTRAINT "research_benchmark_scale_ascends" CHECK (("scale_min" IS NULL OR "scale_max" IS NULL OR "scale_min" < ("scale_max"))));
INSERT INTO "research_benchmark" VALUES(10,'HumanEval','humaneval','164 short Python functions to be written from a signature and a docstring, judged by unit tests.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','Code generation pass@1','Python problems','pass@1','%',0.0,100.0,1,'With 164 problems one solution moves the score by 0.6 points. The problems and their solutions are all over the web, and the tests let some wrong programs pass.',21,NULL);
INSERT INTO "research_benchmark" VALUES(16,'MMLU','mmlu','Multiple-choice questions with four options from 57 subjects, from elementary mathematics to law and medicine.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','Massive Multitask Language Understanding','57 subjects','accuracy','%',0.0,100.0,1,'Its questions have been public since 2020 and are likely to be in training data, some answer keys are wrong, and strong models crowd together near the top of the scale. The number of examples in the prompt and the way answers are read off move a score by several points.',26,NULL);
CREATE TABLE "research_historicalbenchmark" ("id" bigint NOT NULL, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "full_name" varchar(160) NOT NULL, "measures" varchar(120) NOT NULL, "metric" varchar(80) NOT NULL, "unit" varchar(20) NOT NULL, "scale_min" real NULL, "scale_max" real NULL, "higher_is_better" bool NOT NULL, "caveat" text NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NULL, "paper_id" bigint NULL);
CREATE TABLE "research_historicalorganization" ("id" bigint NOT NULL, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "aliases" text NOT NULL, "kind" varchar(12) NOT NULL, "country" varchar(2) NOT NULL, "website" varchar(200) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NULL);
CREATE TABLE "research_historicalpaper" ("id" bigint NOT NULL, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "short_name" varchar(80) NOT NULL, "published" date NULL, "published_precision" varchar(5) NOT NULL, "category" varchar(12) NOT NULL, "authors" text NOT NULL, "credit" varchar(120) NOT NULL, "arxiv_id" varchar(20) NOT NULL, "doi" varchar(120) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NULL);
CREATE TABLE "research_historicalpaper_introduces" ("id" bigint NOT NULL, "m2m_history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_id" integer NOT NULL, "term_id" bigint NULL, "paper_id" bigint NULL);
CREATE TABLE "research_historicalpaper_organizations" ("id" bigint NOT NULL, "m2m_history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_id" integer NOT NULL, "organization_id" bigint NULL, "paper_id" bigint NULL);
CREATE TABLE "research_historicalsource" ("id" bigint NOT NULL, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "url" varchar(500) NOT NULL, "publisher" varchar(200) NOT NULL, "kind" varchar(15) NOT NULL, "published" date NULL, "published_precision" varchar(5) NOT NULL, "accessed" date NULL, "archived_url" varchar(500) NOT NULL, "licence" varchar(120) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "research_organization" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "aliases" text NOT NULL, "kind" varchar(12) NOT NULL, "country" varchar(2) NOT NULL, "website" varchar(200) NOT NULL, "parent_id" bigint NULL REFERENCES "research_organization" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "research_organization_status_known" CHECK ("status" IN ('draft', 'in_review', 'published', 'archived')), CONSTRAINT "research_organization_kind_known" CHECK ("kind" IN ('company', 'university', 'institute', 'nonprofit', 'government', 'community', '')), CONSTRAINT "research_organization_parent_not_itself" CHECK (("parent_id" IS NULL OR NOT ("parent_id" = ("id") AND "parent_id" IS NOT NULL))));
INSERT INTO "research_organization" VALUES(2,'DeepSeek','deepseek','AI laboratory in Hangzhou, founded by Liang Wenfeng in 2023 and financed by the hedge fund High-Flyer. It publishes the weights of its language models together with detailed technical reports.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','DeepSeek-AI
DeepSeek AI
深度求索','company','CN','https://www.deepseek.com/',5);
INSERT INTO "research_organization" VALUES(5,'High-Flyer','high-flyer','Chinese quantitative hedge fund, co-founded by Liang Wenfeng, that trades with machine learning and built the computing clusters from which DeepSeek grew.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','High-Flyer Quant
Huanfang
幻方量化','company','CN','https://www.high-flyer.cn/',NULL);
INSERT INTO "research_organization" VALUES(11,'OpenAI','openai','AI company in San Francisco. Its researchers measured scaling laws, released the HumanEval and GSM8K benchmarks and helped to found reinforcement learning from human feedback.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','','company','US','https://openai.com/',NULL);
INSERT INTO "research_organization" VALUES(12,'Peking University','peking-university','Public university in Beijing that shares authors with several DeepSeek papers, among them DeepSeekMoE.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','PKU
北京大学','university','CN','https://www.pku.edu.cn/',NULL);
INSERT INTO "research_organization" VALUES(16,'UC Berkeley','uc-berkeley','Public university in California. Its researchers created the MMLU, MATH and LiveCodeBench benchmarks.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','University of California, Berkeley','university','US','https://www.berkeley.edu/',NULL);
CREATE TABLE "research_paper" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "short_name" varchar(80) NOT NULL, "published" date NULL, "published_precision" varchar(5) NOT NULL, "category" varchar(12) NOT NULL, "authors" text NOT NULL, "credit" varchar(120) NOT NULL, "arxiv_id" varchar(20) NOT NULL, "doi" varchar(120) NOT NULL, "source_id" bigint NULL UNIQUE REFERENCES "research_source" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "research_paper_status_known" CHECK ("status" IN ('draft', 'in_review', 'published', 'archived')), CONSTRAINT "research_paper_category_known" CHECK ("category" IN ('alignment', 'architecture', 'data', 'efficiency', 'evaluation', 'multimodal', 'reasoning', 'scaling', 'system', 'training')), CONSTRAINT "research_paper_published_precision_known" CHECK ("published_precision" IN ('day', 'month', 'year', '')), CONSTRAINT "research_paper_published_with_published_precision" CHECK ((("published" IS NULL AND "published_precision" = '') OR ("published" IS NOT NULL AND NOT ("published_precision" = '')))));
INSERT INTO "research_paper" VALUES(7,'DeepSeek LLM: Scaling Open-Source Language Models with Longtermism','deepseek-llm','Measures scaling laws for hyperparameters, model size and data, finds that the best split of a compute budget depends on the quality of the data, and applies the result to models of 7 and 67 billion parameters trained on two trillion tokens.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','DeepSeek LLM','2024-01-05','day','scaling','DeepSeek-AI','DeepSeek','2401.02954','',7);
INSERT INTO "research_paper" VALUES(9,'DeepSeek-V2: A Strong, Economical, and Efficient Mixture-of-Experts Language Model','deepseek-v2','Introduced Multi-head Latent Attention (MLA), which compresses the key-value cache into a low-rank latent space, dramatically reducing the memory needed to serve long texts: by 93.3% against DeepSeek''s earlier 67B model. Combined with the fine-grained experts of DeepSeekMoE it gave a model of 236 billion parameters that uses 21 billion for each token.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','DeepSeek-V2 / MLA','2024-05-07','day','architecture','DeepSeek-AI','DeepSeek','2405.04434','',13);
INSERT INTO "research_paper" VALUES(12,'DeepSeekMoE: Towards Ultimate Expert Specialization in Mixture-of-Experts Language Models','deepseekmoe','Splits the experts of a mixture into many smaller ones and sets a few aside that every token passes through. Common knowledge collects in the shared experts, and the others can specialise: a 16B model reached the level of a dense 7B model with about 40% of the computation.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','DeepSeekMoE','2024-01-11','day','architecture','Damai Dai
Chengqi Deng
Chenggang Zhao
R.X. Xu
Huazuo Gao
Deli Chen
Jiashi Li
Wangding Zeng
Xingkai Yu
Y. Wu
Zhenda Xie
Y.K. Li
Panpan Huang
Fuli Luo
Chong Ruan
Zhifang Sui
Wenfeng Liang','DeepSeek, Peking University','2401.06066','',NULL);
INSERT INTO "research_paper" VALUES(21,'Evaluating Large Language Models Trained on Code','humaneval','Presents Codex, a GPT model trained on public code, together with HumanEval, 164 hand-written problems judged by unit tests, and an unbiased way to estimate pass@k.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','Codex / HumanEval','2021-07-07','day','evaluation','Mark Chen
Jerry Tworek
Heewoo Jun
Qiming Yuan
Henrique Ponde de Oliveira Pinto
Jared Kaplan
Harri Edwards
Yuri Burda
Nicholas Joseph
Greg Brockman
Alex Ray
Raul Puri
Gretchen Krueger
Michael Petrov
Heidy Khlaaf
Girish Sastry
Pamela Mishkin
Brooke Chan
Scott Gray
Nick Ryder
Mikhail Pavlov
Alethea Power
Lukasz Kaiser
Mohammad Bavarian
Clemens Winter
Philippe Tillet
Felipe Petroski Such
Dave Cummings
Matthias Plappert
Fotios Chantzis
Elizabeth Barnes
Ariel Herbert-Voss
William Hebgen Guss
Alex Nichol
Alex Paino
Nikolas Tezak
Jie Tang
Igor Babuschkin
Suchir Balaji
Shantanu Jain
William Saunders
Christopher Hesse
Andrew N. Carr
Jan Leike
Josh Achiam
Vedant Misra
Evan Morikawa
Alec Radford
Matthew Knight
Miles Brundage
Mira Murati
Katie Mayer
Peter Welinder
Bob McGrew
Dario Amodei
Sam McCandlish
Ilya Sutskever
Wojciech Zaremba','OpenAI','2107.03374','',NULL);
INSERT INTO "research_paper" VALUES(26,'Measuring Massive Multitask Language Understanding','mmlu','Introduces a multiple-choice test over 57 subjects. At the time most models scored near chance, and the largest version of GPT-3 some twenty points above it.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','MMLU','2020-09-07','day','evaluation','Dan Hendrycks
Collin Burns
Steven Basart
Andy Zou
Mantas Mazeika
Dawn Song
Jacob Steinhardt','UC Berkeley and others','2009.03300','',NULL);
CREATE TABLE "research_paper_introduces" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "paper_id" bigint NOT NULL REFERENCES "research_paper" ("id") DEFERRABLE INITIALLY DEFERRED, "term_id" bigint NOT NULL REFERENCES "glossary_term" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "research_paper_introduces" VALUES(4,9,19);
CREATE TABLE "research_paper_organizations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "paper_id" bigint NOT NULL REFERENCES "research_paper" ("id") DEFERRABLE INITIALLY DEFERRED, "organization_id" bigint NOT NULL REFERENCES "research_organization" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "research_paper_organizations" VALUES(8,7,2);
INSERT INTO "research_paper_organizations" VALUES(10,9,2);
INSERT INTO "research_paper_organizations" VALUES(14,12,2);
INSERT INTO "research_paper_organizations" VALUES(15,12,12);
INSERT INTO "research_paper_organizations" VALUES(24,21,11);
INSERT INTO "research_paper_organizations" VALUES(29,26,16);
CREATE TABLE "research_source" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(250) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "summary" text NOT NULL, "status" varchar(10) NOT NULL, "publish_at" datetime NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "url" varchar(500) NOT NULL, "publisher" varchar(200) NOT NULL, "kind" varchar(15) NOT NULL, "published" date NULL, "published_precision" varchar(5) NOT NULL, "accessed" date NULL, "archived_url" varchar(500) NOT NULL, "licence" varchar(120) NOT NULL, CONSTRAINT "research_source_status_known" CHECK ("status" IN ('draft', 'in_review', 'published', 'archived')), CONSTRAINT "research_source_kind_known" CHECK ("kind" IN ('paper', 'announcement', 'model_card', 'repository', 'database', 'documentation', 'news')), CONSTRAINT "research_source_published_precision_known" CHECK ("published_precision" IN ('day', 'month', 'year', '')), CONSTRAINT "research_source_published_with_published_precision" CHECK ((("published" IS NULL AND "published_precision" = '') OR ("published" IS NOT NULL AND NOT ("published_precision" = '')))));
INSERT INTO "research_source" VALUES(5,'DeepSeek LLM 67B: commit history of the weights','deepseek-llm-67b-commits','Dates when the weights of DeepSeek LLM 67B Base were uploaded to Hugging Face.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://huggingface.co/deepseek-ai/deepseek-llm-67b-base/commits/main','DeepSeek','repository','2023-11-29','day','2026-11-23','','');
INSERT INTO "research_source" VALUES(7,'DeepSeek LLM: Scaling Open-Source Language Models with Longtermism','deepseek-llm-paper','DeepSeek''s report on its first general language models, with 7 and 67 billion parameters.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://arxiv.org/abs/2401.02954','DeepSeek','paper','2024-01-05','day','2026-11-23','','');
INSERT INTO "research_source" VALUES(8,'DeepSeek LLM: README of the repository','deepseek-llm-readme','Sizes, sequence length, architecture, pre-training settings, score tables and licences of the DeepSeek LLM models.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://github.com/deepseek-ai/DeepSeek-LLM/blob/main/README.md','DeepSeek','repository','2023-11-01','month','2026-11-23','','MIT');
INSERT INTO "research_source" VALUES(13,'DeepSeek-V2: A Strong, Economical, and Efficient Mixture-of-Experts Language Model','deepseek-v2-paper','DeepSeek''s report on DeepSeek-V2, with the first description of Multi-head Latent Attention.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://arxiv.org/abs/2405.04434','DeepSeek','paper','2024-05-07','day','2026-11-23','','');
INSERT INTO "research_source" VALUES(14,'DeepSeek-V2: README of the repository','deepseek-v2-readme','Sizes, context length, score tables, release notes and licences of DeepSeek-V2, with the scores of DeepSeek LLM 67B beside them.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://github.com/deepseek-ai/DeepSeek-V2/blob/main/README.md','DeepSeek','repository','2024-05-06','day','2026-11-23','','MIT');
INSERT INTO "research_source" VALUES(20,'Ecosystem Graphs: DeepSeek','ecosystem-graphs-deepseek','Stanford CRFM''s records of DeepSeek''s models and how they depend on one another, with dates of creation.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://github.com/stanford-crfm/ecosystem-graphs/blob/main/assets/deepseek.yaml','Stanford CRFM','database',NULL,'','2026-11-23','','');
INSERT INTO "research_source" VALUES(21,'Data on AI Models (export of 14 March 2025)','epoch-ai-models-2025-03','Epoch AI''s database of AI models as exported on 14 March 2025: 2,228 models with dates, sizes, compute and the notes behind each estimate.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://epoch.ai/data/ai-models','Epoch AI','database','2025-03-14','day','2026-11-23','','CC BY 4.0');
INSERT INTO "research_source" VALUES(23,'AI Benchmarking Hub (export of May 2026)','epoch-benchmarking-hub-2026-05','Epoch AI''s own benchmark runs with standard errors, and scores copied from papers and leaderboards, one file a benchmark.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://epoch.ai/benchmarks','Epoch AI','database','2026-05-01','month','2026-11-23','','CC BY 4.0');
INSERT INTO "research_source" VALUES(24,'Data on AI Models: large-scale models (export of 2 November 2025)','epoch-large-scale-models-2025-11','The models of Epoch AI''s database that were trained with more than 10²³ FLOP, as exported on 2 November 2025.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://epoch.ai/data/large-scale-ai-models','Epoch AI','database','2025-11-02','day','2026-11-23','','CC BY 4.0');
INSERT INTO "research_source" VALUES(26,'HELM: model metadata (June 2026)','helm-model-metadata-2026-06','The registry of models that HELM can evaluate, with parameter counts and release dates.','published',NULL,'2026-11-23 00:00:00','2026-11-23 00:00:00','https://github.com/stanford-crfm/helm/blob/main/src/helm/config/model_metadata.yaml','Stanford CRFM','database','2026-06-01','month','2026-11-23','','Apache-2.0');
CREATE TABLE "taggit_tag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL UNIQUE, "slug" varchar(100) NOT NULL UNIQUE);
CREATE TABLE "taggit_taggeditem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" integer NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "taggit_taggeditem_content_type_id_object_id_tag_id_4bb97a8e_uniq" UNIQUE ("content_type_id", "object_id", "tag_id"));
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "glossary_historicalterm_id_ee90f809" ON "glossary_historicalterm" ("id");
CREATE INDEX "glossary_historicalterm_slug_9db76a66" ON "glossary_historicalterm" ("slug");
CREATE INDEX "glossary_historicalterm_history_date_61781edd" ON "glossary_historicalterm" ("history_date");
CREATE INDEX "glossary_historicalterm_history_user_id_dfeaedba" ON "glossary_historicalterm" ("history_user_id");
CREATE UNIQUE INDEX "glossary_term_see_also_from_term_id_to_term_id_647638bd_uniq" ON "glossary_term_see_also" ("from_term_id", "to_term_id");
CREATE INDEX "glossary_term_see_also_from_term_id_d07a269f" ON "glossary_term_see_also" ("from_term_id");
CREATE INDEX "glossary_term_see_also_to_term_id_7082a358" ON "glossary_term_see_also" ("to_term_id");
CREATE INDEX "glossary_historicalterm_see_also_id_04da0811" ON "glossary_historicalterm_see_also" ("id");
CREATE INDEX "glossary_historicalterm_see_also_history_id_aaf3fb6a" ON "glossary_historicalterm_see_also" ("history_id");
CREATE INDEX "glossary_historicalterm_see_also_from_term_id_28df97b0" ON "glossary_historicalterm_see_also" ("from_term_id");
CREATE INDEX "glossary_historicalterm_see_also_to_term_id_1803d242" ON "glossary_historicalterm_see_also" ("to_term_id");
CREATE INDEX "research_historicalpaper_id_e5a88d85" ON "research_historicalpaper" ("id");
CREATE INDEX "research_historicalpaper_slug_9038a805" ON "research_historicalpaper" ("slug");
CREATE INDEX "research_historicalpaper_history_date_9a9ba6b4" ON "research_historicalpaper" ("history_date");
CREATE INDEX "research_historicalpaper_history_user_id_be4852b6" ON "research_historicalpaper" ("history_user_id");
CREATE INDEX "research_historicalsource_id_6c20d5dc" ON "research_historicalsource" ("id");
CREATE INDEX "research_historicalsource_slug_18d77ec9" ON "research_historicalsource" ("slug");
CREATE INDEX "research_historicalsource_history_date_abb97734" ON "research_historicalsource" ("history_date");
CREATE INDEX "research_historicalsource_history_user_id_6ca27177" ON "research_historicalsource" ("history_user_id");
CREATE INDEX "research_historicalorganization_id_11ecf242" ON "research_historicalorganization" ("id");
CREATE INDEX "research_historicalorganization_slug_b4a34e6a" ON "research_historicalorganization" ("slug");
CREATE INDEX "research_historicalorganization_history_date_40fd53bc" ON "research_historicalorganization" ("history_date");
CREATE INDEX "research_historicalorganization_history_user_id_ebabc74f" ON "research_historicalorganization" ("history_user_id");
CREATE INDEX "research_historicalorganization_parent_id_6ec1c21e" ON "research_historicalorganization" ("parent_id");
CREATE UNIQUE INDEX "research_paper_introduces_paper_id_term_id_86be56dd_uniq" ON "research_paper_introduces" ("paper_id", "term_id");
CREATE INDEX "research_paper_introduces_paper_id_12446a38" ON "research_paper_introduces" ("paper_id");
CREATE INDEX "research_paper_introduces_term_id_b07d141a" ON "research_paper_introduces" ("term_id");
CREATE UNIQUE INDEX "research_paper_organizations_paper_id_organization_id_784c102f_uniq" ON "research_paper_organizations" ("paper_id", "organization_id");
CREATE INDEX "research_paper_organizations_paper_id_d30dd400" ON "research_paper_organizations" ("paper_id");
CREATE INDEX "research_paper_organizations_organization_id_ca591357" ON "research_paper_organizations" ("organization_id");
CREATE INDEX "research_historicalpaper_organizations_id_1ac25b3d" ON "research_historicalpaper_organizations" ("id");
CREATE INDEX "research_historicalpaper_organizations_history_id_8a79826a" ON "research_historicalpaper_organizations" ("history_id");
CREATE INDEX "research_historicalpaper_organizations_organization_id_e47837ca" ON "research_historicalpaper_organizations" ("organization_id");
CREATE INDEX "research_historicalpaper_organizations_paper_id_015a99b2" ON "research_historicalpaper_organizations" ("paper_id");
CREATE INDEX "research_historicalpaper_introduces_id_acfc7659" ON "research_historicalpaper_introduces" ("id");
CREATE INDEX "research_historicalpaper_introduces_history_id_d4f64a65" ON "research_historicalpaper_introduces" ("history_id");
CREATE INDEX "research_historicalpaper_introduces_term_id_48730df3" ON "research_historicalpaper_introduces" ("term_id");
CREATE INDEX "research_historicalpaper_introduces_paper_id_339391b6" ON "research_historicalpaper_introduces" ("paper_id");
CREATE INDEX "research_historicalbenchmark_id_d12cd4a8" ON "research_historicalbenchmark" ("id");
CREATE INDEX "research_historicalbenchmark_slug_a2b64218" ON "research_historicalbenchmark" ("slug");
CREATE INDEX "research_historicalbenchmark_history_date_006d524e" ON "research_historicalbenchmark" ("history_date");
CREATE INDEX "research_historicalbenchmark_history_user_id_28a9a70c" ON "research_historicalbenchmark" ("history_user_id");
CREATE INDEX "research_historicalbenchmark_parent_id_1d1053cf" ON "research_historicalbenchmark" ("parent_id");
CREATE INDEX "research_historicalbenchmark_paper_id_d8dae92a" ON "research_historicalbenchmark" ("paper_id");
CREATE INDEX "research_historicalpaper_source_id_e24f826f" ON "research_historicalpaper" ("source_id");
CREATE INDEX "research_organization_parent_id_a4d21799" ON "research_organization" ("parent_id");
CREATE INDEX "research_benchmark_paper_id_882f3c6c" ON "research_benchmark" ("paper_id");
CREATE INDEX "research_benchmark_parent_id_46b04e11" ON "research_benchmark" ("parent_id");
CREATE UNIQUE INDEX "research_paper_arxiv_id_once" ON "research_paper" ("arxiv_id") WHERE NOT ("arxiv_id" = '');
CREATE UNIQUE INDEX "research_paper_doi_once" ON "research_paper" ("doi") WHERE NOT ("doi" = '');
CREATE UNIQUE INDEX "catalog_aimodel_organizations_aimodel_id_organization_id_914dc9ca_uniq" ON "catalog_aimodel_organizations" ("aimodel_id", "organization_id");
CREATE INDEX "catalog_aimodel_organizations_aimodel_id_7c358e1c" ON "catalog_aimodel_organizations" ("aimodel_id");
CREATE INDEX "catalog_aimodel_organizations_organization_id_2aa980c0" ON "catalog_aimodel_organizations" ("organization_id");
CREATE UNIQUE INDEX "catalog_aimodel_input_modalities_aimodel_id_modality_id_ba2bf5b8_uniq" ON "catalog_aimodel_input_modalities" ("aimodel_id", "modality_id");
CREATE INDEX "catalog_aimodel_input_modalities_aimodel_id_76fdeda3" ON "catalog_aimodel_input_modalities" ("aimodel_id");
CREATE INDEX "catalog_aimodel_input_modalities_modality_id_c6a4a67f" ON "catalog_aimodel_input_modalities" ("modality_id");
CREATE UNIQUE INDEX "catalog_aimodel_output_modalities_aimodel_id_modality_id_636bfcb6_uniq" ON "catalog_aimodel_output_modalities" ("aimodel_id", "modality_id");
CREATE INDEX "catalog_aimodel_output_modalities_aimodel_id_012809c7" ON "catalog_aimodel_output_modalities" ("aimodel_id");
CREATE INDEX "catalog_aimodel_output_modalities_modality_id_819b585e" ON "catalog_aimodel_output_modalities" ("modality_id");
CREATE INDEX "catalog_historicalaimodel_id_83ec3349" ON "catalog_historicalaimodel" ("id");
CREATE INDEX "catalog_historicalaimodel_slug_f787ec17" ON "catalog_historicalaimodel" ("slug");
CREATE INDEX "catalog_historicalaimodel_history_date_3686d393" ON "catalog_historicalaimodel" ("history_date");
CREATE INDEX "catalog_historicalaimodel_family_id_4913fa8d" ON "catalog_historicalaimodel" ("family_id");
CREATE INDEX "catalog_historicalaimodel_history_user_id_bac96a32" ON "catalog_historicalaimodel" ("history_user_id");
CREATE INDEX "catalog_historicalaimodel_predecessor_id_817b4719" ON "catalog_historicalaimodel" ("predecessor_id");
CREATE INDEX "catalog_historicalaimodel_variant_of_id_16bcfc5b" ON "catalog_historicalaimodel" ("variant_of_id");
CREATE INDEX "catalog_historicalaimodel_organizations_id_1cb88f13" ON "catalog_historicalaimodel_organizations" ("id");
CREATE INDEX "catalog_historicalaimodel_organizations_aimodel_id_0c68632a" ON "catalog_historicalaimodel_organizations" ("aimodel_id");
CREATE INDEX "catalog_historicalaimodel_organizations_history_id_9cb95160" ON "catalog_historicalaimodel_organizations" ("history_id");
CREATE INDEX "catalog_historicalaimodel_organizations_organization_id_d6fdc5e2" ON "catalog_historicalaimodel_organizations" ("organization_id");
CREATE INDEX "catalog_historicalcitation_id_37366e17" ON "catalog_historicalcitation" ("id");
CREATE INDEX "catalog_historicalcitation_history_date_6470cb92" ON "catalog_historicalcitation" ("history_date");
CREATE INDEX "catalog_historicalcitation_history_user_id_438c6e67" ON "catalog_historicalcitation" ("history_user_id");
CREATE INDEX "catalog_historicalcitation_model_id_893d5d07" ON "catalog_historicalcitation" ("model_id");
CREATE INDEX "catalog_historicalcitation_source_id_2cde7f7e" ON "catalog_historicalcitation" ("source_id");
CREATE INDEX "catalog_historicalderivation_id_9ffd3d86" ON "catalog_historicalderivation" ("id");
CREATE INDEX "catalog_historicalderivation_history_date_d907e359" ON "catalog_historicalderivation" ("history_date");
CREATE INDEX "catalog_historicalderivation_child_id_dfb35c06" ON "catalog_historicalderivation" ("child_id");
CREATE INDEX "catalog_historicalderivation_history_user_id_087a068f" ON "catalog_historicalderivation" ("history_user_id");
CREATE INDEX "catalog_historicalderivation_parent_id_5626bfa8" ON "catalog_historicalderivation" ("parent_id");
CREATE INDEX "catalog_historicalderivation_source_id_b403daf6" ON "catalog_historicalderivation" ("source_id");
CREATE INDEX "catalog_historicalfamily_id_37a22a5c" ON "catalog_historicalfamily" ("id");
CREATE INDEX "catalog_historicalfamily_slug_8955d561" ON "catalog_historicalfamily" ("slug");
CREATE INDEX "catalog_historicalfamily_history_date_d55571fd" ON "catalog_historicalfamily" ("history_date");
CREATE INDEX "catalog_historicalfamily_history_user_id_0f576558" ON "catalog_historicalfamily" ("history_user_id");
CREATE INDEX "catalog_historicalfamily_organization_id_726f5b55" ON "catalog_historicalfamily" ("organization_id");
CREATE INDEX "catalog_historicalinnovation_id_ddbd043d" ON "catalog_historicalinnovation" ("id");
CREATE INDEX "catalog_historicalinnovation_history_date_8487dcc4" ON "catalog_historicalinnovation" ("history_date");
CREATE INDEX "catalog_historicalinnovation_history_user_id_ab84d2f2" ON "catalog_historicalinnovation" ("history_user_id");
CREATE INDEX "catalog_historicalinnovation_model_id_56e9cf4a" ON "catalog_historicalinnovation" ("model_id");
CREATE INDEX "catalog_historicalinnovation_term_id_f6395a7d" ON "catalog_historicalinnovation" ("term_id");
CREATE INDEX "catalog_historicallink_id_9a284b33" ON "catalog_historicallink" ("id");
CREATE INDEX "catalog_historicallink_history_date_6156a0b4" ON "catalog_historicallink" ("history_date");
CREATE INDEX "catalog_historicallink_history_user_id_7eacaf37" ON "catalog_historicallink" ("history_user_id");
CREATE INDEX "catalog_historicallink_model_id_f2650c74" ON "catalog_historicallink" ("model_id");
CREATE INDEX "catalog_historicalmilestone_id_d5c4a309" ON "catalog_historicalmilestone" ("id");
CREATE INDEX "catalog_historicalmilestone_history_date_355f45b0" ON "catalog_historicalmilestone" ("history_date");
CREATE INDEX "catalog_historicalmilestone_history_user_id_4b758ba2" ON "catalog_historicalmilestone" ("history_user_id");
CREATE INDEX "catalog_historicalmilestone_model_id_4d418bc5" ON "catalog_historicalmilestone" ("model_id");
CREATE INDEX "catalog_historicalmilestone_source_id_e47ebd1b" ON "catalog_historicalmilestone" ("source_id");
CREATE INDEX "catalog_historicalmodality_id_731e9eb5" ON "catalog_historicalmodality" ("id");
CREATE INDEX "catalog_historicalmodality_name_181667b2" ON "catalog_historicalmodality" ("name");
CREATE INDEX "catalog_historicalmodality_slug_08119dc7" ON "catalog_historicalmodality" ("slug");
CREATE INDEX "catalog_historicalmodality_history_date_1e6af446" ON "catalog_historicalmodality" ("history_date");
CREATE INDEX "catalog_historicalmodality_history_user_id_9f593444" ON "catalog_historicalmodality" ("history_user_id");
CREATE INDEX "catalog_historicalmodelpaper_id_0315335f" ON "catalog_historicalmodelpaper" ("id");
CREATE INDEX "catalog_historicalmodelpaper_history_date_bffbac65" ON "catalog_historicalmodelpaper" ("history_date");
CREATE INDEX "catalog_historicalmodelpaper_history_user_id_f7badd79" ON "catalog_historicalmodelpaper" ("history_user_id");
CREATE INDEX "catalog_historicalmodelpaper_model_id_7fd8c68a" ON "catalog_historicalmodelpaper" ("model_id");
CREATE INDEX "catalog_historicalmodelpaper_paper_id_b5a2fd57" ON "catalog_historicalmodelpaper" ("paper_id");
CREATE INDEX "catalog_historicalscore_id_d1424ba1" ON "catalog_historicalscore" ("id");
CREATE INDEX "catalog_historicalscore_history_date_b43c1b58" ON "catalog_historicalscore" ("history_date");
CREATE INDEX "catalog_historicalscore_benchmark_id_786c125d" ON "catalog_historicalscore" ("benchmark_id");
CREATE INDEX "catalog_historicalscore_history_user_id_3ee9a2a6" ON "catalog_historicalscore" ("history_user_id");
CREATE INDEX "catalog_historicalscore_model_id_dee460a9" ON "catalog_historicalscore" ("model_id");
CREATE INDEX "catalog_historicalscore_source_id_0e209a29" ON "catalog_historicalscore" ("source_id");
CREATE INDEX "catalog_historicaltag_id_2128f937" ON "catalog_historicaltag" ("id");
CREATE INDEX "catalog_historicaltag_name_1671fac2" ON "catalog_historicaltag" ("name");
CREATE INDEX "catalog_historicaltag_slug_6d57b613" ON "catalog_historicaltag" ("slug");
CREATE INDEX "catalog_historicaltag_history_date_657e18ac" ON "catalog_historicaltag" ("history_date");
CREATE INDEX "catalog_historicaltag_history_user_id_359c7905" ON "catalog_historicaltag" ("history_user_id");
CREATE INDEX "catalog_historicalaimodel_output_modalities_id_c6dbdeeb" ON "catalog_historicalaimodel_output_modalities" ("id");
CREATE INDEX "catalog_historicalaimodel_output_modalities_aimodel_id_ca4f07fd" ON "catalog_historicalaimodel_output_modalities" ("aimodel_id");
CREATE INDEX "catalog_historicalaimodel_output_modalities_history_id_7d94d0d3" ON "catalog_historicalaimodel_output_modalities" ("history_id");
CREATE INDEX "catalog_historicalaimodel_output_modalities_modality_id_e7435f5a" ON "catalog_historicalaimodel_output_modalities" ("modality_id");
CREATE INDEX "catalog_historicalaimodel_input_modalities_id_f82dc07e" ON "catalog_historicalaimodel_input_modalities" ("id");
CREATE INDEX "catalog_historicalaimodel_input_modalities_aimodel_id_f62da136" ON "catalog_historicalaimodel_input_modalities" ("aimodel_id");
CREATE INDEX "catalog_historicalaimodel_input_modalities_history_id_d0960d29" ON "catalog_historicalaimodel_input_modalities" ("history_id");
CREATE INDEX "catalog_historicalaimodel_input_modalities_modality_id_d2afff84" ON "catalog_historicalaimodel_input_modalities" ("modality_id");
CREATE INDEX "catalog_historicaltaggedmodel_id_e6ddf63e" ON "catalog_historicaltaggedmodel" ("id");
CREATE INDEX "catalog_historicaltaggedmodel_history_date_3fb60612" ON "catalog_historicaltaggedmodel" ("history_date");
CREATE INDEX "catalog_historicaltaggedmodel_content_object_id_030ca491" ON "catalog_historicaltaggedmodel" ("content_object_id");
CREATE INDEX "catalog_historicaltaggedmodel_history_user_id_1e7be576" ON "catalog_historicaltaggedmodel" ("history_user_id");
CREATE INDEX "catalog_historicaltaggedmodel_tag_id_fadb246f" ON "catalog_historicaltaggedmodel" ("tag_id");
CREATE UNIQUE INDEX "catalog_citation_once" ON "catalog_citation" ("model_id", "field", (COALESCE("source_id", 0)), "stated");
CREATE UNIQUE INDEX "catalog_citation_one_shown" ON "catalog_citation" ("model_id", "field") WHERE "shown";
CREATE INDEX "catalog_citation_model_id_47b42e4e" ON "catalog_citation" ("model_id");
CREATE INDEX "catalog_citation_source_id_14127697" ON "catalog_citation" ("source_id");
CREATE INDEX "catalog_derivation_child_id_a4633f0e" ON "catalog_derivation" ("child_id");
CREATE INDEX "catalog_derivation_parent_id_60ea44bd" ON "catalog_derivation" ("parent_id");
CREATE INDEX "catalog_derivation_source_id_540e6aef" ON "catalog_derivation" ("source_id");
CREATE INDEX "catalog_family_organization_id_37de908b" ON "catalog_family" ("organization_id");
CREATE INDEX "catalog_innovation_model_id_6b2dbff5" ON "catalog_innovation" ("model_id");
CREATE INDEX "catalog_innovation_term_id_5cbd3f9e" ON "catalog_innovation" ("term_id");
CREATE INDEX "catalog_link_model_id_6ac8d7ca" ON "catalog_link" ("model_id");
CREATE INDEX "catalog_milestone_model_id_a4d39378" ON "catalog_milestone" ("model_id");
CREATE INDEX "catalog_milestone_source_id_e75e5992" ON "catalog_milestone" ("source_id");
CREATE INDEX "catalog_modelpaper_model_id_1690e411" ON "catalog_modelpaper" ("model_id");
CREATE INDEX "catalog_modelpaper_paper_id_db0a764a" ON "catalog_modelpaper" ("paper_id");
CREATE INDEX "catalog_score_benchmark_id_a12759b1" ON "catalog_score" ("benchmark_id");
CREATE INDEX "catalog_score_model_id_67ac7af2" ON "catalog_score" ("model_id");
CREATE INDEX "catalog_score_source_id_fc567919" ON "catalog_score" ("source_id");
CREATE INDEX "catalog_taggedmodel_content_object_id_d1721139" ON "catalog_taggedmodel" ("content_object_id");
CREATE INDEX "catalog_taggedmodel_tag_id_0e8e113c" ON "catalog_taggedmodel" ("tag_id");
CREATE INDEX "catalog_aimodel_family_id_e76220ed" ON "catalog_aimodel" ("family_id");
CREATE INDEX "catalog_aimodel_predecessor_id_93b5acde" ON "catalog_aimodel" ("predecessor_id");
CREATE INDEX "catalog_aimodel_variant_of_id_45cc04a7" ON "catalog_aimodel" ("variant_of_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE INDEX "taggit_taggeditem_object_id_e2d7d1df" ON "taggit_taggeditem" ("object_id");
CREATE INDEX "taggit_taggeditem_content_type_id_9957a03c" ON "taggit_taggeditem" ("content_type_id");
CREATE INDEX "taggit_taggeditem_tag_id_f4f5b767" ON "taggit_taggeditem" ("tag_id");
CREATE INDEX "taggit_tagg_content_8fc721_idx" ON "taggit_taggeditem" ("content_type_id", "object_id");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',27);
INSERT INTO "sqlite_sequence" VALUES('django_admin_log',0);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',48);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',192);
INSERT INTO "sqlite_sequence" VALUES('auth_group',0);
INSERT INTO "sqlite_sequence" VALUES('auth_user',1);
INSERT INTO "sqlite_sequence" VALUES('glossary_term',32);
INSERT INTO "sqlite_sequence" VALUES('research_organization',17);
INSERT INTO "sqlite_sequence" VALUES('research_benchmark',18);
INSERT INTO "sqlite_sequence" VALUES('research_paper',31);
INSERT INTO "sqlite_sequence" VALUES('catalog_family',1);
INSERT INTO "sqlite_sequence" VALUES('catalog_innovation',20);
INSERT INTO "sqlite_sequence" VALUES('catalog_link',16);
INSERT INTO "sqlite_sequence" VALUES('catalog_milestone',16);
INSERT INTO "sqlite_sequence" VALUES('catalog_modelpaper',26);
INSERT INTO "sqlite_sequence" VALUES('catalog_score',67);
INSERT INTO "sqlite_sequence" VALUES('catalog_taggedmodel',24);
INSERT INTO "sqlite_sequence" VALUES('catalog_aimodel',5);
INSERT INTO "sqlite_sequence" VALUES('taggit_taggeditem',0);
INSERT INTO "sqlite_sequence" VALUES('taggit_tag',0);
INSERT INTO "sqlite_sequence" VALUES('glossary_term_see_also',94);
INSERT INTO "sqlite_sequence" VALUES('glossary_historicalterm',92);
INSERT INTO "sqlite_sequence" VALUES('glossary_historicalterm_see_also',96);
INSERT INTO "sqlite_sequence" VALUES('research_source',29);
INSERT INTO "sqlite_sequence" VALUES('research_paper_introduces',15);
INSERT INTO "sqlite_sequence" VALUES('research_historicalpaper',70);
INSERT INTO "sqlite_sequence" VALUES('research_historicalpaper_introduces',15);
INSERT INTO "sqlite_sequence" VALUES('research_paper_organizations',35);
INSERT INTO "sqlite_sequence" VALUES('research_historicalpaper_organizations',50);
INSERT INTO "sqlite_sequence" VALUES('catalog_modality',1);
INSERT INTO "sqlite_sequence" VALUES('catalog_aimodel_organizations',5);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalaimodel',19);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalaimodel_organizations',16);
INSERT INTO "sqlite_sequence" VALUES('catalog_aimodel_input_modalities',5);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalaimodel_input_modalities',11);
INSERT INTO "sqlite_sequence" VALUES('catalog_aimodel_output_modalities',5);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalaimodel_output_modalities',6);
INSERT INTO "sqlite_sequence" VALUES('catalog_tag',17);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicaltag',26);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicaltaggedmodel',39);
INSERT INTO "sqlite_sequence" VALUES('catalog_derivation',7);
INSERT INTO "sqlite_sequence" VALUES('catalog_citation',84);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalderivation',5);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalmilestone',13);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalinnovation',17);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalmodelpaper',23);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicallink',13);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalscore',64);
INSERT INTO "sqlite_sequence" VALUES('catalog_historicalcitation',58);
INSERT INTO "sqlite_sequence" VALUES('research_historicalorganization',12);
INSERT INTO "sqlite_sequence" VALUES('research_historicalsource',19);
INSERT INTO "sqlite_sequence" VALUES('research_historicalbenchmark',16);
COMMIT;
