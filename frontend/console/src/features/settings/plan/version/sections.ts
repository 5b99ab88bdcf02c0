import type { Component } from "vue";
import type { PlaceId } from "../logic/problems";
import CardSection from "./CardSection.vue";
import CategorySection from "./CategorySection.vue";
import CauseSection from "./CauseSection.vue";
import ClosingSection from "./ClosingSection.vue";
import DepartmentSection from "./DepartmentSection.vue";
import DocumentSection from "./DocumentSection.vue";
import EscalationSection from "./EscalationSection.vue";
import LawSection from "./LawSection.vue";
import OverviewSection from "./OverviewSection.vue";
import PlaybookSection from "./PlaybookSection.vue";
import PrioritySection from "./PrioritySection.vue";
import RemedySection from "./RemedySection.vue";
import StageSection from "./StageSection.vue";
import TemplateSection from "./TemplateSection.vue";
import TypeSection from "./TypeSection.vue";

/** What each place of the rail shows. */
export const sectionPages: Record<PlaceId, Component> = {
  overview: OverviewSection,
  categories: CategorySection,
  departments: DepartmentSection,
  types: TypeSection,
  priorities: PrioritySection,
  stages: StageSection,
  escalations: EscalationSection,
  templates: TemplateSection,
  playbooks: PlaybookSection,
  remedies: RemedySection,
  causes: CauseSection,
  cards: CardSection,
  closing: ClosingSection,
  laws: LawSection,
  document: DocumentSection,
};
